package io.framewatch.text.yaml;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Collects what is wrong in one or more files, in the order found. Not thread safe.
public final class Problems {

    /// Most problems kept; the rest of a hopeless file says nothing new.
    public static final int PROBLEMS_MAX = 200;

    private final List<Problem> found = new ArrayList<>();

    /// Notes a problem.
    public void add(Position at, String message) {
        if (found.size() < PROBLEMS_MAX) {
            found.add(new Problem(at, message));
        }
    }

    /// Whether nothing is wrong so far.
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// What was found so far, a copy.
    public List<Problem> list() {
        return List.copyOf(found);
    }

    /// Throws one [FaultException] with all problems, a line each, if there are any.
    ///
    /// @param code the fault's code, for example `rules_invalid`
    /// @param todo what to do, one sentence
    public void throwIfAny(String code, String todo) {
        if (found.isEmpty()) {
            return;
        }
        String lines = found.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        throw new FaultException(Fault.operator(code, lines, todo));
    }
}

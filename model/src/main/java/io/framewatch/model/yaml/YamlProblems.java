package io.framewatch.model.yaml;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Collects what is wrong in one or several files, in the order found. At most [#PROBLEMS_MAX] are
/// kept. Not thread safe.
public final class YamlProblems {

    /// Most problems kept; a file with more is wrong as a whole.
    public static final int PROBLEMS_MAX = 100;

    private final List<YamlProblem> problems = new ArrayList<>();

    /// Adds a problem at a value.
    public void add(YamlValue at, String message) {
        add(new YamlProblem(at.file(), at.line(), at.column(), message));
    }

    /// Adds a problem.
    public void add(YamlProblem problem) {
        if (problems.size() < PROBLEMS_MAX) {
            problems.add(problem);
        }
    }

    /// Whether nothing is wrong so far.
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// What was found, in order.
    public List<YamlProblem> all() {
        return List.copyOf(problems);
    }

    /// Throws a fault of the operator with this code that lists every problem on a line of its own,
    /// if there is any.
    public void throwIfAny(String code) {
        if (problems.isEmpty()) {
            return;
        }
        String lines =
                problems.stream().map(YamlProblem::toString).collect(Collectors.joining("\n  "));
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        throw new FaultException(
                Fault.operator(
                        code,
                        count + " in the configuration:\n  " + lines + "\n",
                        "Correct the lines named and load the file again."));
    }
}

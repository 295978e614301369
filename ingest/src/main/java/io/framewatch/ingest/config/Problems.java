package io.framewatch.ingest.config;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/// Collects the problems of one file, so that all are told at once.
final class Problems {

    static final int PROBLEMS_MAX = 200;

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>();

    Problems(String file) {
        this.file = file;
    }

    void at(Node node, String text) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
        at(line, column, text);
    }

    void at(int line, int column, String text) {
        if (found.size() < PROBLEMS_MAX) {
            found.add(new Problem(file, line, column, text));
        }
    }

    void addAll(Problems other) {
        found.addAll(other.found);
    }

    List<Problem> list() {
        return new ArrayList<>(found);
    }

    /// Throws `config_invalid` with every problem on a line of its own, if there is any.
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        String lines = found.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        throw new FaultException(
                Fault.operator(
                        "config_invalid",
                        lines + "\n" + found.size() + (found.size() == 1 ? " problem" : " problems")
                                + " in the configuration.",
                        "Mend the lines above, then load it again."));
    }
}

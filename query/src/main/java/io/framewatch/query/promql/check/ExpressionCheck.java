package io.framewatch.query.promql.check;

import io.framewatch.model.FaultException;
import io.framewatch.query.promql.parse.PromqlParser;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Parses the expressions of a file: one on each line, or JSON objects on each line with the
/// expression in `expr`. Blank lines and lines that start with `#` are left out. Thread safe.
public final class ExpressionCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean variables;

    /// A check; with `variables`, dashboard variables get values first.
    public ExpressionCheck(boolean variables) {
        this.variables = variables;
    }

    /// An expression that does not parse.
    ///
    /// @param line of the file, from 1
    /// @param expression as written
    /// @param what what is wrong and what to do
    public record Problem(int line, String expression, String what) {}

    /// How a file fared.
    ///
    /// @param passed expressions that parse
    /// @param problems those that do not
    public record Report(int passed, List<Problem> problems) {}

    /// Checks the lines of a file.
    public Report check(List<String> lines) {
        int passed = 0;
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                String expression = expression(line);
                PromqlParser.parse(
                        variables ? DashboardVariables.substitute(expression) : expression);
                passed++;
            } catch (FaultException e) {
                problems.add(new Problem(i + 1, line, e.fault().message()));
            }
        }
        return new Report(passed, List.copyOf(problems));
    }

    /// The expression of a line: the field `expr` if the line is a JSON object with one, else the
    /// line itself, since a selector may start with a brace too.
    private static String expression(String line) {
        if (!line.startsWith("{")) {
            return line;
        }
        try {
            JsonNode expression = JSON.readTree(line).get("expr");
            return expression == null || !expression.isString() ? line : expression.stringValue();
        } catch (JacksonException e) {
            return line;
        }
    }
}

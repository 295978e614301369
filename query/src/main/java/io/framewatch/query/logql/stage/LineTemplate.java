package io.framewatch.query.logql.stage;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The template of `line_format` and `label_format`: text with fields, `{{.method}} {{ .path }}`. A
/// label that is absent gives nothing. Immutable, thread safe.
public final class LineTemplate {

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Field(String name) implements Part {}

    private final List<Part> parts;

    private LineTemplate(List<Part> parts) {
        this.parts = parts;
    }

    /// Reads a template; throws `logql_parse` for one that is not closed or uses more than fields.
    public static LineTemplate parse(String template) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf("{{", at);
            if (open < 0) {
                parts.add(new Literal(template.substring(at)));
                break;
            }
            int close = template.indexOf("}}", open);
            if (close < 0) {
                throw fault("The template does not close its {{.");
            }
            parts.add(new Literal(template.substring(at, open)));
            String action = template.substring(open + 2, close).strip();
            if (!action.matches("\\.[a-zA-Z_][a-zA-Z0-9_]*")) {
                throw fault(
                        "The template uses {{"
                                + action
                                + "}}; only fields such as {{.method}} are known.");
            }
            parts.add(new Field(action.substring(1)));
            at = close + 2;
        }
        return new LineTemplate(List.copyOf(parts));
    }

    private static FaultException fault(String what) {
        return new FaultException(Fault.caller("logql_parse", what, "Mend the template."));
    }

    /// The text for one line, or null if it cannot be made.
    @Nullable String render(LogLine line) {
        StringBuilder out = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> out.append(literal.text());
                case Field field -> out.append(line.get(field.name()));
            }
        }
        return out.toString();
    }
}

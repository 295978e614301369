package io.framewatch.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One series of a query's answer, as templates see it.
///
/// @param labels its labels, the metric name among them
/// @param value its value; a histogram as its text
public record QuerySample(StringMap labels, Object value) implements Members {

    @Override
    public @Nullable Object member(String name, List<@Nullable Object> arguments) {
        return switch (name) {
            case "Labels" -> labels;
            case "Value" -> value;
            default -> throw new TemplateException("a sample has no field " + name);
        };
    }

    @Override
    public String print() {
        return "{" + labels.print() + " " + Printing.print(value) + "}";
    }
}

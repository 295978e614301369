package io.framewatch.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `.Name` of any value.
final class Fields {

    private Fields() {}

    static @Nullable Object of(
            @Nullable Object value, String name, List<@Nullable Object> arguments) {
        return switch (value) {
            case Members members -> members.member(name, arguments);
            case Map<?, ?> map -> {
                if (!arguments.isEmpty()) {
                    throw new TemplateException(name + " is not a method but has arguments");
                }
                yield map.get(name);
            }
            case null -> throw new TemplateException("nil has no field " + name);
            default ->
                    throw new TemplateException(
                            "can't evaluate field " + name + " in " + Printing.print(value));
        };
    }
}

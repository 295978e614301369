package io.framewatch.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What counts as true: everything but nil, false, zero and the empty.
final class Truth {

    private Truth() {}

    static boolean of(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case Safe(String text) -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case StringMap(Map<String, String> texts) -> !texts.isEmpty();
            default -> true;
        };
    }
}

package io.framewatch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What `range` walks over.
final class Loop {

    private static final int TURNS_MAX = 100_000;

    /// One round.
    record Turn(@Nullable Object key, @Nullable Object value) {}

    private Loop() {}

    static List<Turn> over(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            case StringMap(Map<String, String> texts) -> map(texts);
            case Long count -> count(count);
            default ->
                    throw new TemplateException(
                            "range can't iterate over " + Printing.print(value));
        };
    }

    private static List<Turn> list(List<?> list) {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            turns.add(new Turn((long) i, list.get(i)));
        }
        return turns;
    }

    private static List<Turn> map(Map<?, ?> map) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        List<Turn> turns = new ArrayList<>();
        sorted.forEach((key, value) -> turns.add(new Turn(key, value)));
        return turns;
    }

    private static List<Turn> count(long count) {
        if (count > TURNS_MAX) {
            throw new TemplateException("range counts further than " + TURNS_MAX);
        }
        List<Turn> turns = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            turns.add(new Turn(i, i));
        }
        return turns;
    }
}

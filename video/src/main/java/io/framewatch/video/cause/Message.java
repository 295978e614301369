package io.framewatch.video.cause;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a sentence says, without its language: the pages tell it in the reader's. Values are ids,
/// words in capitals or small letters as they stand in JSON, numbers, and moments in ISO 8601.
///
/// @param code which sentence, such as `stage.stopped`
/// @param values what fills it
public record Message(String code, Map<String, String> values) {

    /// Keeps its own copy, in the same order.
    public Message {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// A message with values given as name, value, name, value; empty ones are left out.
    public static Message of(String code, String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return new Message(code, values);
    }
}

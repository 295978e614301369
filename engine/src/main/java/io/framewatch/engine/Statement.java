package io.framewatch.engine;

import java.util.Map;

/// SQL text with the values of its `{name:Type}` placeholders.
///
/// @param sql the text
/// @param parameters values by placeholder name, in ClickHouse's text form
record Statement(String sql, Map<String, String> parameters) {

    /// Text without placeholders.
    static Statement of(String sql) {
        return new Statement(sql, Map.of());
    }
}

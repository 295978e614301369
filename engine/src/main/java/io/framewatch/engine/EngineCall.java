package io.framewatch.engine;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One statement on its way to the engine.
///
/// @param sql the text, with `{name:Type}` placeholders; an INSERT ends with its FORMAT clause
/// @param parameters values of the placeholders, in ClickHouse's text form
/// @param settings settings of the engine for this statement
/// @param queryId by which it can be killed, or null
/// @param timeoutMs longest it may run
/// @param data what an INSERT inserts, else null
public record EngineCall(
        String sql,
        Map<String, String> parameters,
        Map<String, String> settings,
        @Nullable String queryId,
        long timeoutMs,
        @Nullable List<ByteBuffer> data) {

    /// A query in format Native that may run for `timeoutMs`.
    public static EngineCall query(String sql, Map<String, String> parameters, long timeoutMs) {
        return new EngineCall(sql, parameters, Map.of(), null, timeoutMs, null);
    }

    /// An insert of `data`, whose format the statement names.
    public static EngineCall insert(String sql, List<ByteBuffer> data, long timeoutMs) {
        return new EngineCall(sql, Map.of(), Map.of(), null, timeoutMs, data);
    }

    /// The same with settings.
    public EngineCall withSettings(Map<String, String> more) {
        return new EngineCall(sql, parameters, more, queryId, timeoutMs, data);
    }

    /// The same with a query id.
    public EngineCall withQueryId(String id) {
        return new EngineCall(sql, parameters, settings, id, timeoutMs, data);
    }

    /// The path and query string of the request; the SQL of a query travels in the body.
    public String target() {
        StringBuilder target = new StringBuilder("/?default_format=Native");
        append(target, "max_execution_time", Double.toString(timeoutMs / 1000.0));
        settings.forEach((name, value) -> append(target, name, value));
        parameters.forEach((name, value) -> append(target, "param_" + name, value));
        if (queryId != null) {
            append(target, "query_id", queryId);
        }
        if (data != null) {
            append(target, "query", sql);
        }
        return target.toString();
    }

    private static void append(StringBuilder target, String name, String value) {
        target.append('&').append(name).append('=');
        target.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /// The body of the request.
    public List<ByteBuffer> body() {
        return data != null
                ? data.stream().map(ByteBuffer::duplicate).toList()
                : List.of(ByteBuffer.wrap(sql.getBytes(StandardCharsets.UTF_8)));
    }
}

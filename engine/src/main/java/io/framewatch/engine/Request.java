package io.framewatch.engine;

import java.net.ProtocolException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request asks for: path and query string taken apart.
///
/// @param method HTTP method
/// @param path decoded path
/// @param sql the `query` parameter, empty if absent
/// @param queryId the `query_id` parameter, or null
/// @param defaultFormat the `default_format` parameter, or ClickHouse's default
/// @param parameters values of `param_NAME` by name
/// @param settings everything else: settings of the engine
record Request(
        String method,
        String path,
        String sql,
        @Nullable String queryId,
        String defaultFormat,
        Map<String, String> parameters,
        Map<String, String> settings) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

    /// Parameters that a ClickHouse server takes and that mean nothing here.
    private static final Set<String> IGNORED =
            Set.of("database", "user", "password", "wait_end_of_query", "compress", "decompress");

    private static final Pattern INSERT =
            Pattern.compile(
                    "\\s*(INSERT\\s+INTO\\s.*?)\\s+FORMAT\\s+(\\w+)\\s*",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern KILL =
            Pattern.compile(
                    "\\s*KILL\\s+QUERY\\s+WHERE\\s+query_id\\s*=\\s*"
                            + "(?:'([^'\\\\]*)'|\\{(\\w+):String\\})(?:\\s+A?SYNC)?\\s*",
                    Pattern.CASE_INSENSITIVE);

    /// Takes a request line apart.
    static Request parse(String requestLine) throws ProtocolException {
        String[] parts = requestLine.split(" ", 3);
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw new ProtocolException("not a request line");
        }
        int mark = parts[1].indexOf('?');
        String path = mark < 0 ? parts[1] : parts[1].substring(0, mark);
        Map<String, String> values = mark < 0 ? Map.of() : decode(parts[1].substring(mark + 1));
        Map<String, String> parameters = new TreeMap<>();
        Map<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            String name = value.getKey();
            if (!NAME.matcher(name).matches()) {
                throw new ProtocolException("a parameter with a name that is none");
            }
            if (name.startsWith("param_")) {
                parameters.put(name.substring("param_".length()), value.getValue());
            } else if (!IGNORED.contains(name) && !OWN.contains(name)) {
                settings.put(name, value.getValue());
            }
        }
        return new Request(
                parts[0],
                path,
                values.getOrDefault("query", ""),
                values.get("query_id"),
                values.getOrDefault("default_format", "TabSeparated"),
                parameters,
                settings);
    }

    private static final Set<String> OWN = Set.of("query", "query_id", "default_format");

    private static Map<String, String> decode(String query) throws ProtocolException {
        Map<String, String> values = new TreeMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.put(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException bad) {
                throw new ProtocolException("a parameter that is not percent-encoded");
            }
        }
        return values;
    }

    /// An INSERT whose data is the body.
    ///
    /// @param sql the statement without its FORMAT clause
    /// @param format the clause's format
    record Insert(String sql, String format) {}

    /// The insert that `statement` is, or null if it is something else.
    static @Nullable Insert insert(String statement) {
        Matcher matcher = INSERT.matcher(statement);
        return matcher.matches() ? new Insert(matcher.group(1), matcher.group(2)) : null;
    }

    /// The query id that `statement` wants killed, or null if it is something else.
    @Nullable String victim(String statement) {
        Matcher matcher = KILL.matcher(statement);
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) != null ? matcher.group(1) : parameters.get(matcher.group(2));
    }
}

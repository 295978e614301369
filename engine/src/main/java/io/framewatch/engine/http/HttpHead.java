package io.framewatch.engine.http;

import java.net.ProtocolException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The first line and the header fields of a message.
///
/// @param first request line or status line
/// @param fields values by field name in lower case
public record HttpHead(String first, Map<String, String> fields) {

    /// A head to be sent.
    public static HttpHead of(String first, Map<String, String> fields) {
        return new HttpHead(first, fields);
    }

    /// Parses the lines of a head.
    static HttpHead parse(String text) throws ProtocolException {
        String[] lines = text.split("\r\n");
        Map<String, String> fields = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            parseField(lines[i], fields);
        }
        return new HttpHead(lines[0], fields);
    }

    static void parseField(String line, Map<String, String> fields) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new ProtocolException("a header line without a name");
        }
        fields.put(
                line.substring(0, colon).toLowerCase(Locale.ROOT),
                line.substring(colon + 1).trim());
    }

    /// The value of a field, or null.
    public @Nullable String field(String lowerCaseName) {
        return fields.get(lowerCaseName);
    }

    /// The status code of a status line.
    public int status() throws ProtocolException {
        String[] parts = first.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || parts[1].length() != 3) {
            throw new ProtocolException("not a status line");
        }
        return Integer.parseInt(parts[1]);
    }

    /// Whether the body comes in chunks.
    public boolean chunked() {
        return "chunked".equalsIgnoreCase(fields.get("transfer-encoding"));
    }

    /// The length of the body, 0 if none is given.
    public long contentLength() throws ProtocolException {
        String length = fields.get("content-length");
        if (length == null) {
            return 0;
        }
        if (!length.matches("\\d{1,15}")) {
            throw new ProtocolException("a content length that is no number");
        }
        return Long.parseLong(length);
    }

    /// Whether the sender ends the connection after this message.
    public boolean closes() {
        return "close".equalsIgnoreCase(fields.get("connection"));
    }

    String text() {
        StringBuilder text = new StringBuilder(first).append("\r\n");
        fields.forEach((name, value) ->
                text.append(name).append(": ").append(clean(value)).append("\r\n"));
        return text.append("\r\n").toString();
    }

    /// A field value cannot hold a line break.
    static String clean(String value) {
        return value.replace('\r', ' ').replace('\n', ' ');
    }
}

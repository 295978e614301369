package io.framewatch.ingest.http;

import java.io.IOException;
import java.util.Locale;

/// Status line and headers of an HTTP/1 answer (RFC 9112), of the headers only what a client of
/// metrics needs. Filled line by line; not thread safe.
final class ReplyHead {

    /// No `Content-Length` was told.
    static final long UNKNOWN = -1;

    private final boolean oldVersion;
    private boolean close;
    private boolean chunked;
    private long length = UNKNOWN;
    private String contentType = "";
    private String encoding = "";
    private String location = "";
    private String retryAfter = "";
    private final int status;

    /// Begins with a status line such as `HTTP/1.1 200 OK`.
    ReplyHead(String line) throws IOException {
        boolean http = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
        String code = http ? line.substring(9, 12) : "";
        if (!code.chars().allMatch(c -> c >= '0' && c <= '9') || code.isEmpty()) {
            throw new IOException("what answers there does not speak HTTP/1");
        }
        status = Integer.parseInt(code);
        oldVersion = line.charAt(7) == '0';
    }

    /// Adds a header line.
    void add(String line) throws IOException {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new IOException("a header of the answer has no name");
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "content-length" -> length(value);
            case "transfer-encoding" -> {
                if (!value.equalsIgnoreCase("chunked")) {
                    throw new IOException("unknown transfer encoding " + value);
                }
                chunked = true;
            }
            case "connection" -> close |= value.toLowerCase(Locale.ROOT).contains("close");
            case "content-type" -> contentType = contentType.isEmpty() ? value : contentType;
            case "content-encoding" -> encoding = encoding.isEmpty() ? value : encoding;
            case "location" -> location = location.isEmpty() ? value : location;
            case "retry-after" -> retryAfter = retryAfter.isEmpty() ? value : retryAfter;
            default -> {
                // Nobody asks for it.
            }
        }
    }

    private void length(String value) throws IOException {
        boolean number =
                !value.isEmpty()
                        && value.length() <= 18
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
        long told = number ? Long.parseLong(value) : UNKNOWN;
        if (!number || length != UNKNOWN && length != told) {
            throw new IOException("the answer's Content-Length is no length");
        }
        length = told;
    }

    int status() {
        return status;
    }

    /// Whether the body comes in chunks; [#length] then means nothing.
    boolean isChunked() {
        return chunked;
    }

    /// Bytes of the body, 0 where the status has none, [#UNKNOWN] where it ends with the
    /// connection.
    long length() {
        return status == 204 || status == 304 ? 0 : length;
    }

    /// Whether another request may follow on the connection.
    boolean keepsAlive() {
        return !close && !oldVersion && (chunked || length() != UNKNOWN);
    }

    Reply with(Body body) {
        return new Reply(status, contentType, encoding, location, retryAfter, body);
    }
}

package io.framewatch.ingest.http;

import java.net.http.HttpResponse;

/// An answer as it came, its body not yet decompressed. Headers that are absent are empty.
///
/// @param status HTTP status
/// @param contentType `Content-Type`
/// @param encoding `Content-Encoding`
/// @param location `Location`
/// @param retryAfter `Retry-After`
/// @param body bytes of the body
record Reply(
        int status,
        String contentType,
        String encoding,
        String location,
        String retryAfter,
        Body body) {

    /// What the JDK's client got.
    static Reply of(HttpResponse<Body> response) {
        return new Reply(
                response.statusCode(),
                header(response, "Content-Type"),
                header(response, "Content-Encoding"),
                header(response, "Location"),
                header(response, "Retry-After"),
                response.body());
    }

    private static String header(HttpResponse<Body> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}

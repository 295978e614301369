package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.HttpFetch;
import java.net.URI;

/// Posts requests to one address. Thread safe.
///
/// @param fetch makes them
/// @param http credentials, TLS, proxy
/// @param url where to; read at each request, so that a bad one is told like any failure
/// @param timeoutMs longest request, milliseconds
record Poster(HttpFetch fetch, HttpClientConfig http, String url, long timeoutMs) {

    private static final int ANSWER_BYTES_MAX = 64 * 1024;

    Answer post(Outlet.Load load) throws FetchException, InterruptedException {
        return fetch.post(
                http, URI.create(url), load.headers(), load.body(), ANSWER_BYTES_MAX, timeoutMs);
    }
}

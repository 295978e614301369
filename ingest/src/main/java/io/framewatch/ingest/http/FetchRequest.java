package io.framewatch.ingest.http;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A GET that is made again and again, so that what is the same each time is made once. Thread
/// safe.
public final class FetchRequest {

    private final HttpClientConfig config;
    private final URI uri;
    private final Map<String, String> headers;
    private final boolean constant;
    private volatile @Nullable HttpRequest ready;

    /// A GET of `uri` with further `headers`.
    public FetchRequest(HttpClientConfig config, URI uri, Map<String, String> headers) {
        this.config = config;
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.constant = config.auth() instanceof HttpAuth.None && config.headers().isEmpty();
    }

    HttpClientConfig config() {
        return config;
    }

    URI uri() {
        return uri;
    }

    Map<String, String> headers() {
        return headers;
    }

    /// The request as it was sent before, or null if it must be made.
    @Nullable HttpRequest ready() {
        return ready;
    }

    /// Keeps a request for the next time, unless it has secrets, which may change, or the name of
    /// its host was looked up for it.
    void made(HttpRequest request) {
        if (constant && request.uri().equals(uri)) {
            ready = request;
        }
    }
}

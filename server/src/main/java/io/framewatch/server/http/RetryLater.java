package io.framewatch.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/// Puts `Retry-After` on every answer that says "later" (429, 503) and names no time of its own.
/// Thread safe.
final class RetryLater implements Filter {

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /// Whether this status means that the same request may be sent again.
    static boolean isLater(int status) {
        return status == TOO_MANY || status == UNAVAILABLE;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        res.beforeSend(() -> {
            if (isLater(res.status().code()) && !res.headers().contains(HeaderNames.RETRY_AFTER)) {
                res.header(HeaderNames.RETRY_AFTER, "1");
            }
        });
        chain.proceed();
    }
}

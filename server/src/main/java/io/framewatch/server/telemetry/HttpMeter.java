package io.framewatch.server.telemetry;

import io.framewatch.model.Clock;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures every request: how many by part and status, how long they took, how many are under way.
/// Thread safe.
public final class HttpMeter implements Filter {

    private static final Set<String> PARTS = Set.of("api", "live", "metrics", "-", "federate");

    private final Counters requests;
    private final Durations durations;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Clock clock;

    /// Makes its metrics in `meters`.
    public HttpMeter(Meters meters, Clock clock) {
        this.clock = clock;
        this.requests =
                meters.counter(
                        "framewatch_http_requests_total",
                        "HTTP requests answered, by part of the server and status.",
                        "part",
                        "code");
        this.durations =
                meters.histogram(
                        "framewatch_http_request_duration_seconds",
                        "Time from request to answer, by part of the server.",
                        "part");
        meters.gauge(
                "framewatch_http_requests_in_flight",
                "HTTP requests under way.",
                underWay::doubleValue);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        long startNs = clock.nanoTime();
        String part = part(req.path().path());
        underWay.incrementAndGet();
        try {
            chain.proceed();
        } finally {
            underWay.decrementAndGet();
            requests.increment(part, Integer.toString(res.status().code()));
            durations.observeNs(clock.nanoTime() - startNs, part);
        }
    }

    /// The first words of a path, from a closed set, so that no address makes a new series.
    static String part(String path) {
        if (path.startsWith("/api/v1/")) {
            return "prometheus";
        }
        String first = path.length() < 2 ? "" : path.substring(1).split("/", 2)[0];
        return PARTS.contains(first) ? first : "pages";
    }
}

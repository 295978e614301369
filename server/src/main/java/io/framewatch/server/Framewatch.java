package io.framewatch.server;

import io.framewatch.model.Clock;
import io.framewatch.query.promql.PromqlEngine;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.access.Access;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpListener;
import io.framewatch.server.http.StaticPages;
import io.framewatch.store.MetricStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.helidon.webserver.http.Filter;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The assembled program: every part is made here, in the order data travels, and closed in the
/// opposite one. Thread safe.
public final class Framewatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Framewatch.class);

    private final Clock clock;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final MetricStore store;
    private final PromqlEngine engine;
    private final Access access;
    private final HttpListener listener;

    private Framewatch(Settings settings, Clock clock, List<Endpoints> more) {
        this.clock = clock;
        this.store = closing(new InMemoryMetricStore());
        this.engine = new PromqlEngine(store, PromqlOptions.DEFAULT, clock);
        this.access = new Access(settings, System.getenv("FRAMEWATCH_TOKEN"), clock);
        this.listener = closing(listener(settings, more));
    }

    /// Starts everything and returns when requests are answered.
    ///
    /// Throws `FaultException` when the settings cannot be carried out, for example `port_busy`;
    /// what had started by then is closed again.
    public static Framewatch start(Settings settings) {
        return start(settings, List.of());
    }

    /// The same with further paths, for the demo's own.
    public static Framewatch start(Settings settings, List<Endpoints> more) {
        Framewatch framewatch = new Framewatch(settings, Clock.system(), more);
        framewatch.ready.set(true);
        log.info("listening on {}", framewatch.address());
        return framewatch;
    }

    private HttpListener listener(Settings settings, List<Endpoints> more) {
        List<Filter> filters = List.of(access.filter());
        List<Endpoints> endpoints = new ArrayList<>();
        endpoints.add(new HealthEndpoints(ready::get));
        endpoints.add(access.endpoints());
        endpoints.addAll(more);
        endpoints.add(new StaticPages());
        return HttpListener.start(settings.listen(), settings.limits(), filters, endpoints);
    }

    static QueryLimits queryLimits(LimitSettings limits) {
        return new QueryLimits(
                limits.querySeriesMax(),
                limits.querySamplesMax(),
                QueryLimits.DEFAULT.stepsMax(),
                limits.queryTimeoutMs());
    }

    private <T extends AutoCloseable> T closing(T part) {
        parts.push(part);
        return part;
    }

    /// Where a browser on this machine finds the pages, without a slash at the end.
    public URI address() {
        return listener.address();
    }

    /// A link that logs in once; empty on loopback, where no login is asked for.
    public Optional<URI> loginLink() {
        @Nullable URI link = access.loginLink(address());
        return Optional.ofNullable(link);
    }

    /// Where samples are kept.
    public MetricStore store() {
        return store;
    }

    /// What evaluates PromQL.
    public PromqlEngine promql() {
        return engine;
    }

    /// The clock everything runs by.
    public Clock clock() {
        return clock;
    }

    /// Stops listening, then everything else. Does nothing the second time.
    @Override
    public void close() {
        ready.set(false);
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                log.warn("{} did not close cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}

package io.framewatch.server.parts;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.forward.Forwarder;
import io.framewatch.ingest.forward.ForwardingAppender;
import io.framewatch.ingest.forward.RemoteStatus;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.MetricAppender;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Samples on their way to other servers (`remote_write` of the `prometheus.yml`). Thread safe.
public final class Forwarding implements AutoCloseable {

    private final Forwarder forwarder;
    private final MetricAppender appender;

    /// Sends nothing before [#apply].
    public Forwarding(MetricAppender store, Clock clock) {
        this.forwarder = new Forwarder(clock);
        this.appender = new ForwardingAppender(store, forwarder);
    }

    /// The store's way in for whatever shall also be sent on.
    public MetricAppender appender() {
        return appender;
    }

    /// Sends to the remotes of `config` from now on; without one, nothing changes.
    public void apply(@Nullable PrometheusConfig config) {
        if (config != null) {
            forwarder.apply(config);
        }
    }

    /// Adds how each remote fares to the server's own metrics.
    public void measure(Meters meters) {
        each(
                meters,
                "framewatch_forward_samples_total",
                MetricMetadata.Type.COUNTER,
                "Samples that a remote has taken.",
                RemoteStatus::sent);
        each(
                meters,
                "framewatch_forward_dropped_total",
                MetricMetadata.Type.COUNTER,
                "Samples given up: queue full, too old, or refused by the remote.",
                RemoteStatus::dropped);
        each(
                meters,
                "framewatch_forward_failed_requests_total",
                MetricMetadata.Type.COUNTER,
                "Requests to a remote that failed and are made again.",
                RemoteStatus::failedTries);
        each(
                meters,
                "framewatch_forward_pending",
                MetricMetadata.Type.GAUGE,
                "Samples waiting for a remote.",
                RemoteStatus::pending);
    }

    private void each(
            Meters meters,
            String name,
            MetricMetadata.Type type,
            String help,
            ToLongFunction<RemoteStatus> value) {
        meters.read(
                name,
                type,
                help,
                sink ->
                        forwarder
                                .statuses()
                                .forEach(status ->
                                        sink.sample(
                                                name,
                                                Labels.of("remote", status.name()),
                                                (double) value.applyAsLong(status))));
    }

    @Override
    public void close() {
        forwarder.close();
    }
}

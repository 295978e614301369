package io.framewatch.server.parts;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.forward.Forwarder;
import io.framewatch.ingest.forward.ForwardingAppender;
import io.framewatch.ingest.forward.RemoteStatus;
import io.framewatch.ingest.forward.SignalForwarder;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.server.config.Settings;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.LogAppender;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.TraceAppender;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What comes in on its way to other servers: `remote_write` of the `prometheus.yml`, and
/// `forward.otlp`. Thread safe.
public final class Forwarding implements AutoCloseable {

    private final Settings settings;
    private final Forwarder forwarder;
    private final SignalForwarder signals;
    private final MetricAppender appender;
    private final MetricAppender otlpAppender;

    /// Sends nothing before [#apply].
    public Forwarding(Settings settings, MetricAppender store, Clock clock) {
        this.settings = settings;
        this.forwarder =
                new Forwarder(
                        settings.store().folder().toAbsolutePath().resolve("forward"),
                        SpoolLimits.ofBytes(settings.forward().spoolBytesMax()),
                        clock);
        this.signals = new SignalForwarder(forwarder);
        this.appender = new ForwardingAppender(store, forwarder, true);
        this.otlpAppender = new ForwardingAppender(store, forwarder, false);
    }

    /// The store's way in for whatever shall also be sent on.
    public MetricAppender appender() {
        return appender;
    }

    /// The same for samples of OTLP requests, which are themselves given to [#signals].
    public MetricAppender otlpAppender() {
        return otlpAppender;
    }

    /// Takes lines, spans and OTLP requests that are stored.
    public SignalForwarder signals() {
        return signals;
    }

    /// Sends on what `store` has taken.
    public LogAppender lines(LogAppender store) {
        return (tenant, lines) -> {
            store.append(tenant, lines);
            signals.lines(tenant, lines);
        };
    }

    /// Sends on what `store` has taken.
    public TraceAppender spans(TraceAppender store) {
        return (tenant, spans) -> {
            store.append(tenant, spans);
            signals.spans(tenant, spans);
        };
    }

    /// Sends to the remotes of `config`, if there is one, and of the settings from now on.
    public void apply(@Nullable PrometheusConfig config) {
        forwarder.apply(config, settings.forward().otlp(), settings.forward().remoteWrite());
    }

    /// Adds how each remote fares to the server's own metrics.
    public void measure(Meters meters) {
        counter(
                meters,
                "framewatch_forward_sent_total",
                "Rows that a remote has taken.",
                RemoteStatus::sent);
        counter(
                meters,
                "framewatch_forward_failed_requests_total",
                "Requests to a remote that failed and are made again.",
                RemoteStatus::failedTries);
        gauge(
                meters,
                "framewatch_forward_pending",
                "Rows waiting for a remote.",
                RemoteStatus::pending);
        gauge(
                meters,
                "framewatch_forward_lag_seconds",
                "How long the oldest waiting row has waited.",
                status -> status.lagMs() / 1000.0);
        dropped(meters);
        meters.counted(
                "framewatch_forward_unspooled_total",
                "Rows stored but not sent on because the disk refused to spool them.",
                forwarder::unspooled);
        meters.gauge(
                "framewatch_forward_spool_bytes",
                "Bytes on the disk that wait for remotes.",
                forwarder::spoolBytes);
        meters.gauge(
                "framewatch_forward_spool_bytes_max",
                "Most bytes that may wait.",
                () -> settings.forward().spoolBytesMax());
    }

    private void dropped(Meters meters) {
        String name = "framewatch_forward_dropped_total";
        meters.read(
                name,
                MetricMetadata.Type.COUNTER,
                "Rows given up, by reason.",
                sink -> {
                    for (RemoteStatus status : forwarder.statuses()) {
                        sink.sample(name, labels(status, "spool_full"), (double) status.lost());
                        sink.sample(name, labels(status, "too_old"), (double) status.tooOld());
                        sink.sample(name, labels(status, "refused"), (double) status.refused());
                    }
                });
    }

    private static Labels labels(RemoteStatus status, String reason) {
        return Labels.of(
                "remote", status.name(), "signal", signal(status.kind()), "reason", reason);
    }

    private static String signal(Kind kind) {
        return switch (kind) {
            case SAMPLES -> "samples";
            case POINTS -> "metrics";
            case LINES -> "logs";
            case SPANS -> "traces";
        };
    }

    private void counter(
            Meters meters, String name, String help, ToDoubleFunction<RemoteStatus> value) {
        each(meters, name, MetricMetadata.Type.COUNTER, help, value);
    }

    private void gauge(
            Meters meters, String name, String help, ToDoubleFunction<RemoteStatus> value) {
        each(meters, name, MetricMetadata.Type.GAUGE, help, value);
    }

    private void each(
            Meters meters,
            String name,
            MetricMetadata.Type type,
            String help,
            ToDoubleFunction<RemoteStatus> value) {
        meters.read(
                name,
                type,
                help,
                sink -> {
                    for (RemoteStatus status : forwarder.statuses()) {
                        sink.sample(
                                name,
                                Labels.of("remote", status.name(), "signal", signal(status.kind())),
                                value.applyAsDouble(status));
                    }
                });
    }

    @Override
    public void close() {
        forwarder.close();
    }
}

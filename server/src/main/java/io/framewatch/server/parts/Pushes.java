package io.framewatch.server.parts;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.server.access.Access;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.LimitSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.pushgateway.PushGateway;
import io.framewatch.server.http.pushgateway.PushGatewayEndpoint;
import io.framewatch.server.http.receive.GrpcReceiver;
import io.framewatch.server.http.receive.LokiReceiver;
import io.framewatch.server.http.receive.OtlpReceiver;
import io.framewatch.server.http.receive.OtlpSink;
import io.framewatch.server.http.receive.RemoteWriteReceiver;
import io.framewatch.server.telemetry.Intake;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.store.LogAppender;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.loki.PushLimits;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import io.framewatch.wire.push.WriteLimits;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Every way for others to send data: remote write, OTLP over HTTP and gRPC, Loki push,
/// Pushgateway. Thread safe.
public final class Pushes implements AutoCloseable {

    /// A whole gRPC message may take this many times the longest silence of an HTTP body.
    private static final int MESSAGE_TIMEOUTS = 10;

    private final Settings settings;
    private final MetricAppender metrics;
    private final LogAppender lines;
    private final OtlpSink otlp;
    private final PushGateway gateway;
    private volatile @Nullable GrpcReceiver grpc;

    /// @param intake counts what comes which way
    /// @param options how names of OTLP metrics are translated
    public Pushes(
            Settings settings,
            Forwarding forwarding,
            LogsAndTraces signals,
            Intake intake,
            Supplier<OtlpOptions> options,
            Clock clock) {
        this.settings = settings;
        this.metrics = intake.metrics("remote_write", forwarding.appender());
        this.lines = intake.logs("loki", forwarding.lines(signals.logs()));
        this.gateway =
                new PushGateway(
                        intake.metrics("pushgateway", forwarding.appender()),
                        settings.store().folder().resolve("pushed"),
                        clock);
        this.otlp =
                new OtlpSink(
                        intake.metrics("otlp", forwarding.otlpAppender()),
                        intake.logs("otlp", signals.logs()),
                        intake.traces("otlp", signals.traces()),
                        forwarding.signals(),
                        options,
                        clock);
    }

    /// Adds counts to the server's own metrics.
    public void measure(Meters meters) {
        meters.gauge(
                "framewatch_push_groups",
                "Groups of metrics that short-lived jobs have pushed and nobody has deleted.",
                gateway::groups);
    }

    /// The HTTP paths.
    public List<Endpoints> endpoints() {
        long bytesMax = settings.limits().requestBytesMax();
        return List.of(
                new RemoteWriteReceiver(metrics, WriteLimits.DEFAULT, bytesMax),
                new LokiReceiver(lines, PushLimits.DEFAULT, bytesMax),
                new OtlpReceiver(otlp, bytesMax),
                new PushGatewayEndpoint(gateway, WriteLimits.DEFAULT, bytesMax));
    }

    /// Takes OTLP over gRPC from now on, unless that is switched off. A busy port is replaced by a
    /// free one unless it was named. Throws `port_busy` or `listen_address`.
    public void listen(Access access) {
        GrpcSettings wanted = settings.grpc();
        if (!wanted.enabled()) {
            return;
        }
        ListenSettings listen = wanted.listen();
        try {
            grpc = start(listen.host(), listen.port(), access);
        } catch (FaultException e) {
            if (listen.portFixed() || !e.fault().code().equals("port_busy")) {
                throw e;
            }
            grpc = start(listen.host(), 0, access);
        }
    }

    private GrpcReceiver start(String host, int port, Access access) {
        LimitSettings limits = settings.limits();
        return GrpcReceiver.start(
                new InetSocketAddress(host, port),
                otlp,
                access::sender,
                new GrpcReceiver.Limits(
                        (int) Math.min(limits.requestBytesMax(), Integer.MAX_VALUE),
                        limits.requestsMax(),
                        limits.readTimeoutMs() * MESSAGE_TIMEOUTS));
    }

    /// Where OTLP over gRPC is taken, `HOST:PORT`; empty if it is not.
    public Optional<String> grpcAddress() {
        GrpcReceiver running = grpc;
        return running == null
                ? Optional.empty()
                : Optional.of(settings.grpc().listen().host() + ":" + running.port());
    }

    @Override
    public void close() {
        gateway.close();
        if (grpc != null) {
            grpc.close();
        }
    }
}

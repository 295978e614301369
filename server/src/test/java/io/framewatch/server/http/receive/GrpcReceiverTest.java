package io.framewatch.server.http.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.forward.Forwarder;
import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.forward.SignalForwarder;
import io.framewatch.ingest.forward.Tenants;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.memory.InMemoryLogStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.InMemoryTraceStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// OTLP over gRPC with messages of any bytes.
final class GrpcReceiverTest {

    private static final int MESSAGE_BYTES_MAX = 200_000;
    private static final long NOW_NS = Clock.system().nowMs() * 1_000_000L;

    private final InMemoryMetricStore metrics = new InMemoryMetricStore(MemoryLimits.DEFAULT);
    private final InMemoryLogStore logs = new InMemoryLogStore(1 << 20);
    private final InMemoryTraceStore traces = new InMemoryTraceStore(1_000);
    private final GrpcReceiver receiver = receiver(60_000);
    private ManagedChannel channel = channel(receiver);

    private GrpcReceiver receiver(long messageTimeoutMs) {
        return GrpcReceiver.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                sink(),
                GrpcReceiverTest::sender,
                new GrpcReceiver.Limits(MESSAGE_BYTES_MAX, 2, messageTimeoutMs));
    }

    private static ManagedChannel channel(GrpcReceiver to) {
        return NettyChannelBuilder.forAddress("127.0.0.1", to.port()).usePlaintext().build();
    }

    private static Tenant sender(String authorization, String scope) {
        if (authorization.equals("Bearer wrong")) {
            throw new FaultException(Fault.caller("unauthenticated", "No.", "Go."));
        }
        return scope.isEmpty() ? Tenant.DEFAULT : new Tenant(scope);
    }

    private OtlpSink sink() {
        Forwarder nobody = new Forwarder(Path.of(""), SpoolLimits.DEFAULT, Clock.system());
        return new OtlpSink(
                metrics,
                logs,
                traces,
                new SignalForwarder(nobody),
                () -> OtlpOptions.DEFAULT,
                Clock.system());
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        receiver.close();
    }

    private static MethodDescriptor<GrpcMessage, GrpcMessage> method(
            Way.Signal signal, MethodDescriptor.MethodType type) {
        MethodDescriptor<?, ?> real =
                switch (signal) {
                    case METRICS -> MetricsServiceGrpc.getExportMethod();
                    case LOGS -> LogsServiceGrpc.getExportMethod();
                    case TRACES -> TraceServiceGrpc.getExportMethod();
                };
        return MethodDescriptor.newBuilder(GrpcMessage.MARSHALLER, GrpcMessage.MARSHALLER)
                .setType(type)
                .setFullMethodName(real.getFullMethodName())
                .build();
    }

    private byte[] send(Way.Signal signal, byte[] message, CallOptions options) {
        return ClientCalls.blockingUnaryCall(
                        channel,
                        method(signal, MethodDescriptor.MethodType.UNARY),
                        options,
                        GrpcMessage.of(message))
                .bytes();
    }

    private Status.Code refused(Way.Signal signal, byte[] message, CallOptions options) {
        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class, () -> send(signal, message, options));
        return refused == null ? Status.Code.OK : refused.getStatus().getCode();
    }

    private static Message request(Way.Signal signal, String name) {
        return Way.request(signal, name, NOW_NS, Map.of());
    }

    private boolean has(Tenant tenant, Way.Signal signal, String name) {
        TimeRange all = new TimeRange(0, Long.MAX_VALUE / 2);
        return switch (signal) {
            case METRICS ->
                    !metrics.series(
                                    tenant,
                                    List.of(Matcher.equal("__name__", name)),
                                    all,
                                    SelectLimits.DEFAULT)
                            .isEmpty();
            case LOGS ->
                    logs.streams(tenant, List.of(), 0, Long.MAX_VALUE).stream()
                            .anyMatch(stream -> stream.get("service_name").equals(name));
            case TRACES -> traces.services(tenant).contains(name);
        };
    }

    @ParameterizedTest
    @EnumSource
    void plainAndGzipAreTakenIntoTheTenantNamed(Way.Signal signal) {
        byte[] plain = request(signal, "plain").toByteArray();
        assertThat(send(signal, plain, CallOptions.DEFAULT)).isEmpty();
        byte[] packed = request(signal, "packed").toByteArray();
        assertThat(send(signal, packed, CallOptions.DEFAULT.withCompression("gzip"))).isEmpty();
        assertThat(has(Tenant.DEFAULT, signal, "plain")).isTrue();
        assertThat(has(Tenant.DEFAULT, signal, "packed")).isTrue();
        assertThat(has(new Tenant("other"), signal, "plain")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void garbageAndCutMessagesAreRefused(Way.Signal signal) {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            garbage[0] = (byte) 0xff;
            assertThat(refused(signal, garbage, CallOptions.DEFAULT))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        byte[] good = request(signal, "cut").toByteArray();
        for (int length = 1; length < good.length; length++) {
            refused(signal, Arrays.copyOf(good, length), CallOptions.DEFAULT);
        }
        assertThat(refused(signal, request(signal, "after").toByteArray(), CallOptions.DEFAULT))
                .isEqualTo(Status.Code.OK);
        assertThat(has(Tenant.DEFAULT, signal, "after")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void bombsAndOversizeAreRefused(Way.Signal signal) {
        byte[] big = new byte[MESSAGE_BYTES_MAX * 20];
        assertThat(refused(signal, big, CallOptions.DEFAULT))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused(signal, big, CallOptions.DEFAULT.withCompression("gzip")))
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused(signal, request(signal, "after").toByteArray(), CallOptions.DEFAULT))
                .isEqualTo(Status.Code.OK);
    }

    @Test
    void theWrongTokenIsRefusedAndTheRightScopeTaken() {
        Metadata wrong = new Metadata();
        wrong.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer wrong");
        var stub =
                TraceServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(wrong));
        StatusRuntimeException refused =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () ->
                                stub.export(
                                        (io.opentelemetry.proto.collector.trace.v1
                                                        .ExportTraceServiceRequest)
                                                request(Way.Signal.TRACES, "wrong")));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(has(Tenant.DEFAULT, Way.Signal.TRACES, "wrong")).isFalse();
    }

    /// A call that is begun and never sends its message; a unary one would not even send headers.
    private CompletableFuture<Status> silent() {
        CompletableFuture<Status> closed = new CompletableFuture<>();
        ClientCall<GrpcMessage, GrpcMessage> call =
                channel.newCall(
                        method(Way.Signal.LOGS, MethodDescriptor.MethodType.CLIENT_STREAMING),
                        CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.complete(status);
                    }
                },
                new Metadata());
        call.request(1);
        return closed;
    }

    @Test
    void aSilentCallIsGivenUpAndItsPlaceUsedAgain() throws Exception {
        channel.shutdownNow();
        try (GrpcReceiver impatient = receiver(700)) {
            channel = channel(impatient);
            List<CompletableFuture<Status>> silent =
                    List.of(silent(), silent(), silent(), silent());
            int late = 0;
            int crowded = 0;
            for (CompletableFuture<Status> one : silent) {
                Status status = one.get(20, TimeUnit.SECONDS);
                late += status.getCode() == Status.Code.DEADLINE_EXCEEDED ? 1 : 0;
                crowded += status.getCode() == Status.Code.UNAVAILABLE ? 1 : 0;
            }
            assertThat(late).isEqualTo(2);
            assertThat(crowded).isEqualTo(2);
            byte[] good = request(Way.Signal.LOGS, "after").toByteArray();
            assertThat(send(Way.Signal.LOGS, good, CallOptions.DEFAULT)).isEmpty();
        }
    }

    /// Two of us: what one has taken for its tenants, the other takes for the same.
    @Test
    void whatIsForwardedByGrpcArrivesInItsTenant(@TempDir Path folder) throws Exception {
        Tenant north = new Tenant("north");
        try (Forwarder forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, Clock.system())) {
            forwarder.apply(null, List.of(here()));
            SignalForwarder near = new SignalForwarder(forwarder);
            near.metrics(
                    north, (ExportMetricsServiceRequest) request(Way.Signal.METRICS, "frames"));
            near.logs(north, (ExportLogsServiceRequest) request(Way.Signal.LOGS, "encoder"));
            near.traces(
                    Tenant.DEFAULT,
                    (ExportTraceServiceRequest) request(Way.Signal.TRACES, "capture"));
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() ->
                            has(north, Way.Signal.METRICS, "frames")
                                    && has(north, Way.Signal.LOGS, "encoder")
                                    && has(Tenant.DEFAULT, Way.Signal.TRACES, "capture"));
            assertThat(forwarder.statuses()).allMatch(status -> status.dropped() == 0);
        }
    }

    private OtlpRemote here() {
        return new OtlpRemote(
                "far",
                URI.create("http://127.0.0.1:" + receiver.port()),
                true,
                HttpClientConfig.DEFAULT,
                5_000,
                true,
                4,
                Set.of(Kind.POINTS, Kind.LINES, Kind.SPANS),
                new Tenants(Set.of(), "X-Scope-OrgID"));
    }

    @Test
    void aBusyPortIsNamed() {
        FaultException busy =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                GrpcReceiver.start(
                                        new InetSocketAddress(
                                                InetAddress.getLoopbackAddress(), receiver.port()),
                                        sink(),
                                        GrpcReceiverTest::sender,
                                        new GrpcReceiver.Limits(1_000, 1, 1_000)));
        assertThat(busy.fault().code()).isEqualTo("port_busy");
        assertThat(busy.fault().message()).contains(":" + receiver.port());
    }
}

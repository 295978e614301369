package io.framewatch.server.http.receive;

import com.google.protobuf.Message;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.wire.otlp.OtlpLogs;
import io.framewatch.wire.otlp.OtlpTraces;
import io.framewatch.wire.otlp.metrics.OtlpMetrics;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// OTLP over gRPC: metrics, log records and spans, plain or gzip. Handlers run on virtual threads.
/// Thread safe.
public final class GrpcReceiver implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GrpcReceiver.class);

    /// gRPC's own logger writes a stack for every message that is too large; kept, because a logger
    /// nobody holds forgets its level.
    private static final java.util.logging.Logger TALKATIVE =
            java.util.logging.Logger.getLogger("io.grpc");

    private static final int CALLS_PER_CONNECTION_MAX = 256;
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final long HANDSHAKE_SECONDS_MAX = 10;
    private static final long IDLE_MINUTES_MAX = 10;
    private static final long PING_SECONDS = 60;
    private static final long STOP_SECONDS = 2;

    private final Server server;
    private final GrpcGuard guard;

    /// How much one client may use.
    ///
    /// @param messageBytesMax largest message, unpacked, bytes
    /// @param callsMax most calls at once
    /// @param messageTimeoutMs a message that is not there after so long is given up, milliseconds
    public record Limits(int messageBytesMax, int callsMax, long messageTimeoutMs) {}

    /// Listens on `address`. Throws `port_busy` or `listen_address`.
    ///
    /// @param senders whose data a caller with this `authorization` and this `x-scope-orgid` header
    ///   (empty for none) may send; throws a fault to refuse
    public static GrpcReceiver start(
            InetSocketAddress address,
            OtlpSink sink,
            BiFunction<String, String, Tenant> senders,
            Limits limits) {
        TALKATIVE.setLevel(java.util.logging.Level.SEVERE);
        GrpcGuard guard = new GrpcGuard(senders, limits);
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(address)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .maxInboundMessageSize(limits.messageBytesMax())
                        .maxInboundMetadataSize(HEADER_BYTES_MAX)
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
                        .handshakeTimeout(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS)
                        .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveTime(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .maxConnectionIdle(IDLE_MINUTES_MAX, TimeUnit.MINUTES);
        services(sink)
                .forEach(service ->
                        builder.addService(ServerInterceptors.intercept(service, guard)));
        try {
            return new GrpcReceiver(builder.build().start(), guard);
        } catch (IOException e) {
            guard.close();
            throw notBound(address, e);
        }
    }

    /// Takes one message of a tenant.
    @FunctionalInterface
    private interface Export {
        Message export(Tenant tenant, byte[] message);
    }

    private static List<ServerServiceDefinition> services(OtlpSink sink) {
        return List.of(
                service(
                        MetricsServiceGrpc.getExportMethod(),
                        (tenant, message) -> sink.metrics(tenant, OtlpMetrics.parse(message))),
                service(
                        LogsServiceGrpc.getExportMethod(),
                        (tenant, message) -> sink.logs(tenant, OtlpLogs.parse(message))),
                service(
                        TraceServiceGrpc.getExportMethod(),
                        (tenant, message) -> sink.traces(tenant, OtlpTraces.parse(message))));
    }

    /// A service of one method. Messages are parsed by us: gRPC would log each broken one with its
    /// stack and answer it without a reason.
    private static ServerServiceDefinition service(MethodDescriptor<?, ?> of, Export export) {
        String service = MethodDescriptor.extractFullServiceName(of.getFullMethodName());
        MethodDescriptor<GrpcMessage, GrpcMessage> method =
                MethodDescriptor.newBuilder(GrpcMessage.MARSHALLER, GrpcMessage.MARSHALLER)
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(of.getFullMethodName())
                        .build();
        return ServerServiceDefinition.builder(String.valueOf(service))
                .addMethod(
                        method,
                        ServerCalls.asyncUnaryCall(
                                (message, observer) -> answer(message, observer, export)))
                .build();
    }

    private static FaultException notBound(InetSocketAddress address, IOException e) {
        boolean busy = String.valueOf(e.getCause()).contains("in use");
        String at = address.getHostString() + ":" + address.getPort();
        return new FaultException(
                busy
                        ? Fault.operator(
                                "port_busy",
                                "Another program listens on " + at + " already.",
                                "Stop it, or set listen.grpc to another address or to off.")
                        : Fault.operator(
                                "listen_address",
                                "OTLP over gRPC cannot listen on " + at + ".",
                                "Give listen.grpc an address of this machine."),
                e);
    }

    private GrpcReceiver(Server server, GrpcGuard guard) {
        this.server = server;
        this.guard = guard;
    }

    /// Where it listens.
    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        guard.close();
    }

    private static void answer(
            GrpcMessage message, StreamObserver<GrpcMessage> observer, Export export) {
        if (!message.status().isOk()) {
            observer.onError(message.status().asRuntimeException());
            return;
        }
        try {
            Message done = export.export(GrpcGuard.tenant(), message.bytes());
            observer.onNext(GrpcMessage.of(done.toByteArray()));
            observer.onCompleted();
        } catch (FaultException e) {
            observer.onError(GrpcGuard.status(e.fault()).asRuntimeException());
        } catch (RuntimeException e) {
            log.error("an export over gRPC failed", e);
            Fault fault = Fault.defect("The server failed to take this export.");
            observer.onError(GrpcGuard.status(fault).asRuntimeException());
        }
    }
}

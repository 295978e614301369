package io.framewatch.server.http.receive;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// OTLP over gRPC: spans and log records. Handlers run on virtual threads. Thread safe.
public final class GrpcReceiver implements AutoCloseable {

    private static final Context.Key<Tenant> TENANT = Context.key("tenant");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int CALLS_PER_CONNECTION_MAX = 256;
    private static final long STOP_SECONDS = 2;

    private final Server server;

    /// Listens on `address`.
    ///
    /// @param tenants whose data a caller with this `authorization` header (or none, null) may
    ///   send; null refuses
    /// @param messageBytesMax largest message, unpacked, bytes
    public static GrpcReceiver start(
            InetSocketAddress address,
            OtlpSink sink,
            Function<@Nullable String, @Nullable Tenant> tenants,
            int messageBytesMax,
            Clock clock) {
        ServerInterceptor access = new AccessInterceptor(tenants);
        Server server =
                NettyServerBuilder.forAddress(address)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .maxInboundMessageSize(messageBytesMax)
                        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION_MAX)
                        .addService(ServerInterceptors.intercept(new Traces(sink), access))
                        .addService(ServerInterceptors.intercept(new Logs(sink, clock), access))
                        .build();
        try {
            return new GrpcReceiver(server.start());
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "port_busy",
                            "Port " + address.getPort() + " for OTLP over gRPC cannot be opened.",
                            "Configure another port, or stop what listens there."),
                    e);
        }
    }

    private GrpcReceiver(Server server) {
        this.server = server;
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
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        try {
            T answer = work.get();
            observer.onNext(answer);
            observer.onCompleted();
        } catch (FaultException e) {
            observer.onError(status(e.fault()).asRuntimeException());
        }
    }

    private static Status status(Fault fault) {
        Status status =
                switch (fault.turn()) {
                    case CALLER -> Status.INVALID_ARGUMENT;
                    case OPERATOR, LATER -> Status.UNAVAILABLE;
                    case FRAMEWATCH -> Status.INTERNAL;
                };
        return status.withDescription(fault.message());
    }

    private record AccessInterceptor(Function<@Nullable String, @Nullable Tenant> tenants)
            implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Tenant tenant = tenants.apply(headers.get(AUTHORIZATION));
            if (tenant == null) {
                call.close(
                        Status.UNAUTHENTICATED.withDescription("Send authorization: Bearer TOKEN."),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return Contexts.interceptCall(
                    Context.current().withValue(TENANT, tenant), call, headers, next);
        }
    }

    private static final class Traces extends TraceServiceGrpc.TraceServiceImplBase {

        private final OtlpSink sink;

        Traces(OtlpSink sink) {
            this.sink = sink;
        }

        @Override
        public void export(
                ExportTraceServiceRequest request,
                StreamObserver<ExportTraceServiceResponse> observer) {
            answer(observer, () -> sink.traces(TENANT.get(), request));
        }
    }

    private static final class Logs extends LogsServiceGrpc.LogsServiceImplBase {

        private final OtlpSink sink;
        private final Clock clock;

        Logs(OtlpSink sink, Clock clock) {
            this.sink = sink;
            this.clock = clock;
        }

        @Override
        public void export(
                ExportLogsServiceRequest request,
                StreamObserver<ExportLogsServiceResponse> observer) {
            answer(
                    observer,
                    () -> sink.logs(TENANT.get(), request, clock.nowMs() * LogEntry.NS_PER_MS));
        }
    }
}

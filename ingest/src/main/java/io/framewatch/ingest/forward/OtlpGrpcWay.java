package io.framewatch.ingest.forward;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.RetryInfo;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.GrpcChannel;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.ingest.spool.Kind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// OTLP over gRPC; the bytes of a request go out as they are. Thread safe.
final class OtlpGrpcWay implements OtlpWay {

    private static final int CHARACTERS_MAX = 300;
    private static final Map<Kind, MethodDescriptor<byte[], byte[]>> METHODS = methods();

    private final OtlpRemote remote;
    private final HttpFetch fetch;
    private final GrpcChannel channel;

    /// @param fetch knows the headers that the settings ask for
    OtlpGrpcWay(OtlpRemote remote, HttpFetch fetch) {
        this.remote = remote;
        this.fetch = fetch;
        this.channel = new GrpcChannel(remote.url(), remote.http().tls());
    }

    private static Map<Kind, MethodDescriptor<byte[], byte[]>> methods() {
        Map<Kind, MethodDescriptor<byte[], byte[]>> methods = new EnumMap<>(Kind.class);
        methods.put(Kind.POINTS, method(MetricsServiceGrpc.getExportMethod()));
        methods.put(Kind.LINES, method(LogsServiceGrpc.getExportMethod()));
        methods.put(Kind.SPANS, method(TraceServiceGrpc.getExportMethod()));
        return methods;
    }

    private static MethodDescriptor<byte[], byte[]> method(MethodDescriptor<?, ?> of) {
        return MethodDescriptor.newBuilder(Bytes.AS_THEY_ARE, Bytes.AS_THEY_ARE)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(of.getFullMethodName())
                .build();
    }

    private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
        AS_THEY_ARE;

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                return message.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public Outlet.Verdict send(Kind kind, Outlet.Load load) throws InterruptedException {
        MethodDescriptor<byte[], byte[]> method = METHODS.get(kind);
        if (method == null) {
            throw new IllegalArgumentException(kind + " is no OTLP signal");
        }
        CallOptions options =
                CallOptions.DEFAULT.withDeadlineAfter(remote.timeoutMs(), TimeUnit.MILLISECONDS);
        try {
            Channel told =
                    ClientInterceptors.intercept(
                            channel.channel(),
                            MetadataUtils.newAttachHeadersInterceptor(metadata(load)));
            byte[] answer =
                    ClientCalls.blockingUnaryCall(
                            told,
                            method,
                            remote.gzip() ? options.withCompression("gzip") : options,
                            load.body());
            return OtlpHttpWay.partly(answer, answer.length, load.rows());
        } catch (FetchException e) {
            return new Outlet.Verdict.Again(String.valueOf(e.getMessage()), 0);
        } catch (StatusRuntimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted");
            }
            return verdict(e);
        }
    }

    private Metadata metadata(Outlet.Load load) throws FetchException, InterruptedException {
        Metadata metadata = new Metadata();
        try {
            load.headers().forEach((name, value) -> metadata.put(key(name), value));
            fetch.headers(
                    remote.http(),
                    remote.timeoutMs(),
                    (name, value) -> metadata.put(key(name), value));
        } catch (IllegalArgumentException e) {
            throw new FetchException("not a valid header", e);
        }
        return metadata;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name.toLowerCase(Locale.ROOT), Metadata.ASCII_STRING_MARSHALLER);
    }

    /// As the protocol has it (OTLP specification, "Failures" and "OTLP/gRPC Throttling"): these
    /// pass; a server without resources passes if it says when to come again; nothing else does.
    static Outlet.Verdict verdict(StatusRuntimeException failure) {
        Status status = failure.getStatus();
        String why = why(status);
        OptionalLong pauseMs = pauseMs(failure);
        return switch (status.getCode()) {
            case CANCELLED, DEADLINE_EXCEEDED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS ->
                    new Outlet.Verdict.Again(why, pauseMs.orElse(0));
            case RESOURCE_EXHAUSTED ->
                    pauseMs.isPresent()
                            ? new Outlet.Verdict.Again(why, pauseMs.getAsLong())
                            : new Outlet.Verdict.Refused(why);
            case OK,
                    UNKNOWN,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    UNIMPLEMENTED,
                    INTERNAL,
                    UNAUTHENTICATED ->
                    new Outlet.Verdict.Refused(why);
        };
    }

    private static String why(Status status) {
        StringBuilder why = new StringBuilder("status ").append(status.getCode());
        if (status.getDescription() != null) {
            why.append(": ").append(status.getDescription());
        }
        Throwable inner = status.getCause();
        while (inner != null && inner.getCause() != null) {
            inner = inner.getCause();
        }
        if (inner != null && inner.getMessage() != null) {
            why.append(": ").append(inner.getMessage());
        }
        String line = why.toString().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(line.length(), CHARACTERS_MAX));
    }

    /// `google.rpc.RetryInfo` of the answer, at most [RetryAfter#MAX_MS]; empty if there is none.
    private static OptionalLong pauseMs(StatusRuntimeException failure) {
        com.google.rpc.Status told = StatusProto.fromThrowable(failure);
        if (told == null) {
            return OptionalLong.empty();
        }
        for (Any detail : told.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                try {
                    com.google.protobuf.Duration delay =
                            detail.unpack(RetryInfo.class).getRetryDelay();
                    long seconds = Math.clamp(delay.getSeconds(), 0, RetryAfter.MAX_MS / 1_000);
                    long ms = seconds * 1_000 + Math.max(0, delay.getNanos()) / 1_000_000;
                    return OptionalLong.of(Math.min(ms, RetryAfter.MAX_MS));
                } catch (InvalidProtocolBufferException e) {
                    return OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        channel.close();
    }
}

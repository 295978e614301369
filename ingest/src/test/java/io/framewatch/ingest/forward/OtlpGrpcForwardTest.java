package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.Secret;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.ingest.scrape.Certificates;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lines on their way to a server that takes OTLP over gRPC and answers as a test wants.
final class OtlpGrpcForwardTest {

    private final Clock clock = Clock.system();
    private final Deque<StatusRuntimeException> failures = new ArrayDeque<>();
    private final List<String> got = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Path folder;
    private final Forwarder forwarder;
    private Server server;
    private int tooLong;

    OtlpGrpcForwardTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.forwarder = new Forwarder(folder.resolve("forward"), SpoolLimits.DEFAULT, clock);
        this.server = builder(0).build().start();
    }

    private NettyServerBuilder builder(int port) {
        return NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(new Logs())
                .intercept(new Ear());
    }

    /// Remembers who came.
    private final class Ear implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            synchronized (told) {
                told.add(
                        text(headers, "authorization")
                                + " "
                                + text(headers, "x-scope-orgid")
                                + " "
                                + text(headers, "grpc-encoding"));
            }
            return next.startCall(call, headers);
        }

        private static String text(Metadata headers, String name) {
            return String.valueOf(
                    headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
        }
    }

    private final class Logs extends LogsServiceGrpc.LogsServiceImplBase {

        @Override
        public void export(
                ExportLogsServiceRequest request,
                StreamObserver<ExportLogsServiceResponse> answer) {
            synchronized (told) {
                if (!failures.isEmpty()) {
                    answer.onError(failures.remove());
                    return;
                }
                request.getResourceLogsList().stream()
                        .flatMap(one -> one.getScopeLogsList().stream())
                        .flatMap(one -> one.getLogRecordsList().stream())
                        .forEach(line -> got.add(line.getBody().getStringValue()));
                ExportLogsServiceResponse.Builder said = ExportLogsServiceResponse.newBuilder();
                if (tooLong > 0) {
                    said.setPartialSuccess(
                            ExportLogsPartialSuccess.newBuilder()
                                    .setRejectedLogRecords(tooLong)
                                    .setErrorMessage("too long"));
                }
                answer.onNext(said.build());
                answer.onCompleted();
            }
        }
    }

    @AfterEach
    void stop() {
        forwarder.close();
        server.shutdownNow();
    }

    private void configure(String scheme, HttpAuth auth, TlsConfig tls, Tenants tenants) {
        HttpClientConfig http = new HttpClientConfig(auth, tls, ProxyConfig.NONE, false, Map.of());
        URI url = URI.create(scheme + "://localhost:" + server.getPort());
        Set<Kind> lines = Set.of(Kind.LINES);
        forwarder.apply(
                null,
                List.of(new OtlpRemote("far", url, true, http, 5_000, true, 4, lines, tenants)));
    }

    private void configure() {
        configure("http", HttpAuth.NONE, TlsConfig.DEFAULT, Tenants.DEFAULT);
    }

    private void line(Tenant tenant, String text) {
        Labels stream = Labels.of("service_name", "encoder");
        long nowNs = clock.nowMs() * LogEntry.NS_PER_MS;
        new SignalForwarder(forwarder)
                .lines(tenant, List.of(new LogEntry(nowNs, stream, text, Labels.EMPTY)));
    }

    private List<String> got() {
        synchronized (told) {
            return List.copyOf(got);
        }
    }

    private void fail(StatusRuntimeException failure) {
        synchronized (told) {
            failures.add(failure);
        }
    }

    private RemoteStatus status() {
        return forwarder.statuses().getFirst();
    }

    private void until(BooleanSupplier condition) {
        long endNs = clock.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean() && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(condition.getAsBoolean()).as(forwarder.statuses() + " " + got()).isTrue();
    }

    @Test
    void linesArriveWithCredentialsAndTheirTenant() {
        HttpAuth token =
                new HttpAuth.Header("Bearer", new SecretSource.Inline(new Secret("t0ken")));
        configure("http", token, TlsConfig.DEFAULT, new Tenants(Set.of(), "X-Scope-OrgID"));
        line(new Tenant("north"), "one");
        until(() -> got().size() == 1);
        line(new Tenant("south"), "two");
        until(() -> status().sent() == 2);
        assertThat(got()).containsExactly("one", "two");
        assertThat(told).containsExactly("Bearer t0ken north gzip", "Bearer t0ken south gzip");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void whatPassesIsTriedAgainAndNothingElse(Status.Code code) {
        Set<Status.Code> passing =
                Set.of(
                        Status.Code.CANCELLED,
                        Status.Code.DEADLINE_EXCEEDED,
                        Status.Code.ABORTED,
                        Status.Code.OUT_OF_RANGE,
                        Status.Code.UNAVAILABLE,
                        Status.Code.DATA_LOSS);
        String why = "status " + code + ": why";
        assertThat(OtlpGrpcWay.verdict(code.toStatus().withDescription("why").asRuntimeException()))
                .isEqualTo(
                        passing.contains(code)
                                ? new Outlet.Verdict.Again(why, 0)
                                : new Outlet.Verdict.Refused(why));
    }

    private static StatusRuntimeException comeAgain(Code code, int ms) {
        Duration delay =
                Duration.newBuilder()
                        .setSeconds(ms / 1_000)
                        .setNanos(ms % 1_000 * 1_000_000)
                        .build();
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage("busy")
                        .addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()))
                        .build());
    }

    @Test
    void aServerWithoutResourcesSaysWhenToComeAgain() {
        assertThat(OtlpGrpcWay.verdict(comeAgain(Code.RESOURCE_EXHAUSTED, 1_500)))
                .isEqualTo(new Outlet.Verdict.Again("status RESOURCE_EXHAUSTED: busy", 1_500));
        assertThat(OtlpGrpcWay.verdict(comeAgain(Code.UNAVAILABLE, 2_000_000)))
                .isEqualTo(new Outlet.Verdict.Again("status UNAVAILABLE: busy", RetryAfter.MAX_MS));
        configure();
        fail(comeAgain(Code.RESOURCE_EXHAUSTED, 1_000));
        line(Tenant.DEFAULT, "patient");
        until(() -> status().failedTries() == 1);
        long failedNs = clock.nanoTime();
        until(() -> status().sent() == 1);
        assertThat(clock.nanoTime() - failedNs).isGreaterThan(800_000_000L);
    }

    @Test
    void whatIsRefusedIsCountedAndTold() {
        configure();
        fail(Status.INVALID_ARGUMENT.withDescription("no such thing").asRuntimeException());
        line(Tenant.DEFAULT, "bad");
        until(() -> status().refused() == 1);
        assertThat(status().lastError()).isEqualTo("status INVALID_ARGUMENT: no such thing");
        synchronized (told) {
            tooLong = 1;
        }
        line(Tenant.DEFAULT, "long");
        until(() -> status().refused() == 2);
        assertThat(status().lastError()).isEqualTo("partly: too long");
        assertThat(status().sent()).isZero();
    }

    @Test
    void aServerThatIsAwayGetsEverythingWhenItIsBack() throws IOException {
        configure();
        int port = server.getPort();
        server.shutdownNow();
        line(Tenant.DEFAULT, "early");
        until(() -> status().failedTries() > 3);
        assertThat(status().lastError()).contains("UNAVAILABLE", "refused");
        server = builder(port).build().start();
        until(() -> got().size() == 1);
        assertThat(got()).containsExactly("early");
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void tlsIsSpokenToWhomIsTrusted() throws Exception {
        server.shutdownNow();
        Certificates own = Certificates.make(new GeneralName(GeneralName.dNSName, "localhost"));
        server =
                builder(0)
                        .useTransportSecurity(stream(own.certificatePem()), stream(own.keyPem()))
                        .build()
                        .start();
        Path trusted = folder.resolve("ca.pem");
        Files.writeString(trusted, own.certificatePem());
        configure("https", HttpAuth.NONE, TlsConfig.DEFAULT, Tenants.DEFAULT);
        line(Tenant.DEFAULT, "sealed");
        until(() -> status().failedTries() > 0);
        assertThat(status().lastError()).contains("UNAVAILABLE", "certification path");
        configure(
                "https",
                HttpAuth.NONE,
                new TlsConfig("", trusted, "", null, SecretSource.NONE, "", false, "", ""),
                Tenants.DEFAULT);
        until(() -> got().size() == 1);
        assertThat(got()).containsExactly("sealed");
    }
}

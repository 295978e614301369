package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metrics, lines and spans on their way to a server that takes OTLP and answers as a test wants.
final class OtlpForwardTest {

    private final HttpServer remote = server();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<LogRecord> lines = new ArrayList<>();
    private final List<ResourceLogs> resources = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();
    private final List<io.opentelemetry.proto.trace.v1.Span> spans = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private final Clock clock = Clock.system();

    private final Path folder;
    private Forwarder forwarder;
    private byte[] said = {};

    private HttpServer server() {
        try {
            HttpServer made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/v1/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = new GZIPInputStream(exchange.getRequestBody()).readAllBytes();
        int status = statuses.isEmpty() ? 200 : statuses.remove();
        authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        if (status == 200) {
            take(exchange.getRequestURI().getPath(), body);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
        exchange.getResponseBody().write(said);
        exchange.close();
    }

    private void take(String path, byte[] body) throws IOException {
        switch (path) {
            case "/v1/logs" -> {
                for (ResourceLogs one :
                        ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
                    resources.add(one);
                    one.getScopeLogsList()
                            .forEach(scope -> lines.addAll(scope.getLogRecordsList()));
                }
            }
            case "/v1/metrics" ->
                    ExportMetricsServiceRequest.parseFrom(body)
                            .getResourceMetricsList()
                            .forEach(one ->
                                    one.getScopeMetricsList()
                                            .forEach(scope ->
                                                    metrics.addAll(scope.getMetricsList())));
            case "/v1/traces" ->
                    ExportTraceServiceRequest.parseFrom(body)
                            .getResourceSpansList()
                            .forEach(one ->
                                    one.getScopeSpansList()
                                            .forEach(scope -> spans.addAll(scope.getSpansList())));
            default -> throw new IOException(path);
        }
    }

    OtlpForwardTest(@TempDir Path folder) {
        this.folder = folder;
        this.forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, clock);
    }

    @AfterEach
    void stop() {
        forwarder.close();
        remote.stop(0);
    }

    private SignalForwarder signals() {
        return new SignalForwarder(forwarder);
    }

    private void start(HttpAuth auth) {
        HttpClientConfig http =
                new HttpClientConfig(auth, TlsConfig.DEFAULT, ProxyConfig.NONE, false, Map.of());
        URI url = URI.create("http://127.0.0.1:" + remote.getAddress().getPort());
        Set<Kind> all = Set.of(Kind.POINTS, Kind.LINES, Kind.SPANS);
        forwarder.apply(
                null,
                List.of(
                        new OtlpRemote(
                                "far", url, false, http, 5_000, true, 4, all, Tenants.DEFAULT)));
    }

    private synchronized int count(List<?> list) {
        return list.size();
    }

    private RemoteStatus status(Kind kind) {
        return forwarder.statuses().stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private void until(BooleanSupplier condition) {
        long endNs = clock.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(condition.getAsBoolean()).as(forwarder.statuses().toString()).isTrue();
    }

    private LogEntry line(String text) {
        return new LogEntry(
                clock.nowMs() * LogEntry.NS_PER_MS,
                Labels.of("service_name", "encoder", "site", "north"),
                text,
                Labels.of("trace_id", "0af7651916cd43dd8448eb211c80319c", "camera_id", "c1"));
    }

    @Test
    void linesThatCameOtherwiseAreSentInTheFormOfOtlp() throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "hush\n");
        start(new HttpAuth.Header("Bearer", new SecretSource.InFile(token)));
        signals().lines(Tenant.DEFAULT, List.of(line("one"), line("two")));
        signals().lines(new Tenant("other"), List.of(line("foreign")));
        until(() -> count(lines) == 2);
        assertThat(lines)
                .extracting(one -> one.getBody().getStringValue())
                .containsExactly("one", "two");
        assertThat(lines.getFirst().getTraceId().size()).isEqualTo(16);
        assertThat(lines.getFirst().getAttributesList())
                .extracting(one -> one.getKey())
                .containsExactly("camera_id");
        assertThat(resources.getFirst().getResource().getAttributesList())
                .extracting(one -> one.getKey())
                .containsExactly("service.name", "site");
        assertThat(authorizations).containsOnly("Bearer hush");
        until(() -> status(Kind.LINES).sent() == 2);
    }

    @Test
    void aRequestIsSentOnAsItCame() {
        start(HttpAuth.NONE);
        LogRecord record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(5)
                        .setFlags(1)
                        .setBody(AnyValue.newBuilder().setIntValue(7))
                        .build();
        ResourceLogs came =
                ResourceLogs.newBuilder()
                        .setSchemaUrl("schema")
                        .addScopeLogs(
                                ScopeLogs.newBuilder().setSchemaUrl("s").addLogRecords(record))
                        .build();
        signals()
                .logs(
                        Tenant.DEFAULT,
                        ExportLogsServiceRequest.newBuilder().addResourceLogs(came).build());
        until(() -> count(resources) == 1);
        assertThat(resources).containsExactly(came);
    }

    @Test
    void samplesBecomeGaugesAndSums() {
        start(HttpAuth.NONE);
        ForwardingAppender appender =
                new ForwardingAppender(
                        new InMemoryMetricStore(MemoryLimits.DEFAULT), forwarder, true);
        appender.metadata(
                Tenant.DEFAULT,
                List.of(new MetricMetadata("frames", MetricMetadata.Type.COUNTER, "", "")));
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        for (String name : List.of("frames_total", "bitrate")) {
            batch.add(
                    appender.series(
                            Tenant.DEFAULT, Labels.of("__name__", name, "job", "j", "cam", "c1")),
                    clock.nowMs(),
                    4.5);
        }
        appender.append(batch);
        until(() -> count(metrics) == 2);
        Metric sum = metrics.getFirst();
        assertThat(sum.getName()).isEqualTo("frames_total");
        assertThat(sum.getSum().getIsMonotonic()).isTrue();
        assertThat(sum.getSum().getDataPoints(0).getAsDouble()).isEqualTo(4.5);
        assertThat(metrics.get(1).getGauge().getDataPointsCount()).isEqualTo(1);
    }

    @Test
    void spansOfOurOwnAreSent() {
        start(HttpAuth.NONE);
        Span span =
                new Span(
                        "0af7651916cd43dd8448eb211c80319c",
                        "b7ad6b7169203331",
                        "",
                        "",
                        "demo",
                        "segment",
                        Span.Kind.INTERNAL,
                        1,
                        2,
                        Span.Status.ERROR,
                        "late",
                        Map.of(),
                        Map.of(),
                        "",
                        List.of(),
                        List.of());
        signals().spans(Tenant.DEFAULT, List.of(span));
        until(() -> count(spans) == 1);
        assertThat(spans.getFirst().getName()).isEqualTo("segment");
        assertThat(spans.getFirst().getStatus().getCodeValue()).isEqualTo(2);
    }

    @Test
    void whatPassesIsSentAgainAndNothingElse() {
        statuses.addAll(List.of(429, 502, 503, 504));
        start(HttpAuth.NONE);
        signals().lines(Tenant.DEFAULT, List.of(line("stubborn")));
        until(() -> count(lines) == 1);
        until(() -> status(Kind.LINES).sent() == 1);
        assertThat(status(Kind.LINES).failedTries()).isEqualTo(4);
        for (int status : List.of(400, 401, 500)) {
            long before = status(Kind.LINES).refused();
            synchronized (this) {
                statuses.add(status);
            }
            signals().lines(Tenant.DEFAULT, List.of(line("refused")));
            until(() -> status(Kind.LINES).refused() == before + 1);
        }
        assertThat(status(Kind.LINES).lastError()).startsWith("status 500");
        assertThat(status(Kind.LINES).failedTries()).isEqualTo(4);
    }

    @Test
    void aPartialSuccessIsCountedAndNotSentAgain() {
        said =
                ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(
                                ExportLogsPartialSuccess.newBuilder()
                                        .setRejectedLogRecords(1)
                                        .setErrorMessage("too long"))
                        .build()
                        .toByteArray();
        start(HttpAuth.NONE);
        signals().lines(Tenant.DEFAULT, List.of(line("short"), line("long")));
        until(() -> status(Kind.LINES).sent() == 1);
        assertThat(status(Kind.LINES).refused()).isEqualTo(1);
        assertThat(status(Kind.LINES).lastError()).contains("too long");
        until(() -> status(Kind.LINES).pending() == 0);
    }
}

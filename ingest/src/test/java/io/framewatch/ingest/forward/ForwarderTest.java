package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.framewatch.wire.remotewrite.SeriesByBytes;
import io.framewatch.wire.remotewrite.WriteRequestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/// Samples on their way to a remote that answers as a test wants.
final class ForwarderTest {

    private static final NativeHistogram HISTOGRAM =
            new NativeHistogram(
                    NativeHistogram.ResetHint.UNKNOWN,
                    0,
                    0.001,
                    1,
                    4,
                    9.5,
                    new NativeHistogram.Span[] {new NativeHistogram.Span(1, 2)},
                    new double[] {1, 2},
                    new NativeHistogram.Span[0],
                    new double[0],
                    new double[0]);

    private final HttpServer remote = server();
    private SpoolLimits limits = SpoolLimits.DEFAULT;
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<String> got = new ArrayList<>();
    private volatile String retryAfter = "";
    private volatile boolean away = true;
    private final List<NativeHistogram> histograms = new ArrayList<>();
    private final Clock clock = Clock.system();
    private final InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.DEFAULT);

    private final Path folder;
    private Forwarder forwarder;
    private ForwardingAppender appender;

    private HttpServer server() {
        try {
            HttpServer made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext(
                    "/write",
                    exchange -> {
                        int status = take(exchange.getRequestBody().readAllBytes());
                        if (!retryAfter.isEmpty()) {
                            exchange.getResponseHeaders().set("Retry-After", retryAfter);
                        }
                        byte[] said = ("said " + status).getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, status == 204 ? -1 : said.length);
                        if (status != 204) {
                            exchange.getResponseBody().write(said);
                        }
                        exchange.close();
                    });
            made.createContext(
                    "/slow",
                    exchange -> {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        exchange.sendResponseHeaders(away ? 503 : take(body), -1);
                        exchange.close();
                    });
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ForwarderTest(@TempDir Path folder) {
        this.folder = folder;
        this.forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, clock);
        this.appender = new ForwardingAppender(store, forwarder, true);
    }

    /// As after a restart.
    @BeforeEach
    void begin() {
        forwarder.close();
        forwarder = new Forwarder(folder.resolve("forward"), limits, clock);
        appender = new ForwardingAppender(store, forwarder, true);
    }

    @AfterEach
    void stop() {
        forwarder.close();
        store.close();
        remote.stop(0);
    }

    private synchronized int take(byte[] body) throws IOException {
        int status = answers.isEmpty() ? 204 : answers.remove();
        if (status == 204) {
            byte[] plain = Snappy.uncompress(body);
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
            new WriteRequestReader(WriteLimits.DEFAULT, new SeriesByBytes(1_000))
                    .read(plain, plain.length, batch, new Sink());
            for (int i = 0; i < batch.size(); i++) {
                NativeHistogram histogram = batch.histogram(i);
                if (histogram == null) {
                    got.add(batch.series(i).labels() + " " + batch.value(i));
                } else {
                    histograms.add(histogram);
                }
            }
        }
        return status;
    }

    private final class Sink implements MetricSink {

        @Override
        public Series series(Labels labels) {
            return new Series(Tenant.DEFAULT, labels.hashCode(), labels);
        }

        @Override
        public void exemplar(Series series, Exemplar exemplar) {
            got.add(series.labels() + " exemplar " + exemplar.labels());
        }

        @Override
        public void metadata(MetricMetadata family) {
            got.add(family.family() + " is " + family.type().word());
        }
    }

    private synchronized List<String> got() {
        return List.copyOf(got);
    }

    private void until(BooleanSupplier condition) {
        long endNs = clock.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(condition.getAsBoolean()).as(forwarder.statuses() + " " + got()).isTrue();
    }

    private void configure(String more) {
        String url = "http://127.0.0.1:" + remote.getAddress().getPort() + "/write";
        String yaml =
                """
                global: {external_labels: {site: north}}
                remote_write:
                  - url: %s
                    name: far
                %s
                """
                        .formatted(url, more.indent(4));
        forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
    }

    private static final String QUICK =
            "queue_config: {batch_send_deadline: 10ms, min_backoff: 5ms, max_backoff: 10ms}\n"
                    + "metadata_config: {send_interval: 10ms}";

    private void append(Tenant tenant, String name, double value) {
        SampleBatch batch = new SampleBatch(tenant, 16);
        batch.add(
                appender.series(tenant, Labels.of("__name__", name, "cam", "c1")),
                clock.nowMs(),
                value);
        appender.append(batch);
    }

    private RemoteStatus status() {
        return forwarder.statuses().getFirst();
    }

    @Test
    void whatIsStoredIsSentWithExternalLabelsAfterRelabelling() {
        configure(
                QUICK
                        + "\nsend_exemplars: true\nsend_native_histograms: true\n"
                        + "write_relabel_configs: [{source_labels: [__name__], regex: secret_.*, action: drop}]");
        append(Tenant.DEFAULT, "secret_thing", 1);
        append(new Tenant("other"), "foreign", 1);
        append(Tenant.DEFAULT, "frames", 7.5);
        Series series = appender.series(Tenant.DEFAULT, Labels.of("__name__", "delay"));
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        batch.add(series, clock.nowMs(), HISTOGRAM);
        appender.append(batch);
        Exemplar exemplar = new Exemplar(Labels.of("trace_id", "t"), 1, clock.nowMs());
        Exemplar other = new Exemplar(Labels.of("trace_id", "u"), 2, clock.nowMs());
        appender.exemplars(
                Tenant.DEFAULT,
                List.of(new SeriesExemplar(series, exemplar), new SeriesExemplar(series, other)));
        appender.metadata(
                Tenant.DEFAULT,
                List.of(new MetricMetadata("frames", MetricMetadata.Type.GAUGE, "", "")));
        until(() -> got().size() == 4 && histograms.size() == 1);
        assertThat(got())
                .containsExactlyInAnyOrder(
                        "frames{cam=\"c1\", site=\"north\"} 7.5",
                        "delay{site=\"north\"} exemplar {trace_id=\"t\"}",
                        "delay{site=\"north\"} exemplar {trace_id=\"u\"}",
                        "frames is gauge");
        assertThat(histograms).containsExactly(HISTOGRAM);
        until(() -> status().sent() == 4);
        assertThat(status().dropped()).isZero();
        assertThat(status().name()).isEqualTo("far");
    }

    @Test
    void whatPassesIsTriedAgainAndWhatIsRefusedIsGivenUp() {
        answers.addAll(List.of(503, 429, 500));
        configure(QUICK);
        append(Tenant.DEFAULT, "first", 1);
        until(() -> got().size() == 1);
        assertThat(status().failedTries()).isEqualTo(3);
        assertThat(status().lastError()).isEqualTo("status 500: said 500");
        answers.add(400);
        append(Tenant.DEFAULT, "refused", 1);
        until(() -> status().dropped() == 1);
        append(Tenant.DEFAULT, "second", 2);
        until(() -> got().size() == 2);
        assertThat(got().get(1)).startsWith("second");
    }

    @Test
    void aRemoteThatIsAwayGetsEverythingLater() {
        answers.addAll(Collections.nCopies(1_000_000, 503));
        configure(QUICK);
        for (int i = 0; i < 50; i++) {
            append(Tenant.DEFAULT, "before" + i, i);
        }
        until(() -> status().failedTries() > 2);
        assertThat(status().pending()).isEqualTo(50);
        assertThat(status().lagMs()).isPositive();
        begin();
        configure(QUICK);
        assertThat(status().pending()).isEqualTo(50);
        for (int i = 0; i < 50; i++) {
            append(Tenant.DEFAULT, "after" + i, i);
        }
        synchronized (this) {
            answers.clear();
        }
        until(() -> got().size() == 100);
        until(() -> status().pending() == 0);
        assertThat(status().dropped()).isZero();
        assertThat(status().lagMs()).isZero();
        begin();
        configure(QUICK);
        append(Tenant.DEFAULT, "once", 1);
        until(() -> got().stream().anyMatch(row -> row.startsWith("once")));
        assertThat(got()).hasSize(101);
    }

    @Test
    void beyondTheBoundTheOldestGoAndEachIsCounted() {
        limits = new SpoolLimits(64 * 1024, 4 * 1024);
        begin();
        answers.addAll(Collections.nCopies(1_000_000, 503));
        configure(QUICK);
        int rows = 4_000;
        for (int i = 0; i < rows; i++) {
            append(Tenant.DEFAULT, "m" + i, i);
        }
        assertThat(forwarder.spoolBytes()).isLessThan(2 * limits.bytesMax());
        synchronized (this) {
            answers.clear();
        }
        until(() -> status().pending() == 0);
        assertThat(status().lost()).isPositive();
        assertThat(status().sent()).isEqualTo(got().size());
        assertThat(status().sent() + status().lost()).isEqualTo(rows);
        assertThat(got().getLast()).startsWith("m" + (rows - 1) + "{");
    }

    @Test
    void aRemoteNamesWhenToComeAgain() {
        retryAfter = "1";
        answers.add(503);
        configure(QUICK);
        append(Tenant.DEFAULT, "patient", 1);
        until(() -> status().failedTries() == 1);
        long failedNs = clock.nanoTime();
        until(() -> got().size() == 1);
        assertThat(clock.nanoTime() - failedNs).isGreaterThan(Duration.ofMillis(800).toNanos());
    }

    @Test
    void aChangedRemoteGoesOnAndOneThatIsGoneHoldsNothingBack() {
        answers.addAll(Collections.nCopies(1_000_000, 503));
        configure(QUICK);
        append(Tenant.DEFAULT, "kept", 1);
        until(() -> status().failedTries() > 0);
        synchronized (this) {
            answers.clear();
        }
        configure(QUICK + "\nremote_timeout: 7s");
        until(() -> got().size() == 1);
        forwarder.apply(null, List.of());
        assertThat(forwarder.statuses()).isEmpty();
        assertThat(forwarder.wants(Kind.SAMPLES, Tenant.DEFAULT)).isFalse();
        append(Tenant.DEFAULT, "unsent", 1);
        configure(QUICK);
        append(Tenant.DEFAULT, "again", 1);
        until(() -> got().size() == 2);
        assertThat(got().get(1)).startsWith("again");
    }

    @Test
    void whatARemovedRemoteHeldBackGoes() {
        limits = new SpoolLimits(64 * 1024, 4 * 1024);
        begin();
        answers.addAll(Collections.nCopies(1_000_000, 503));
        configure(QUICK);
        long segment = 12 * 1024;
        for (int i = 0; forwarder.spoolBytes() < 3 * segment; i++) {
            append(Tenant.DEFAULT, "m" + i, i);
        }
        forwarder.apply(null, List.of());
        assertThat(forwarder.spoolBytes()).isLessThanOrEqualTo(segment);
        configure(QUICK);
        append(Tenant.DEFAULT, "last", 1);
        begin();
        forwarder.apply(null, List.of());
        assertThat(forwarder.spoolBytes()).isPositive().isLessThan(100);
    }

    @Test
    void aQuickRemoteLeavesTheOthersTheirRowsAtAStart() {
        limits = new SpoolLimits(256 * 1024, 4 * 1024);
        begin();
        quickAndSlow();
        int rows = 300;
        for (int i = 0; i < rows; i++) {
            append(Tenant.DEFAULT, "m" + i, i);
        }
        until(() -> got().size() == rows);
        for (int restarts = 0; restarts < 5; restarts++) {
            begin();
            quickAndSlow();
            append(Tenant.DEFAULT, "more" + restarts, restarts);
            int sent = rows + restarts + 1;
            until(() -> got().size() == sent);
        }
        away = false;
        until(() -> got().size() == 2 * (rows + 5));
        assertThat(forwarder.statuses()).extracting(RemoteStatus::lost).containsExactly(0L, 0L);
    }

    @Test
    void whatFailsHereIsToldAndTriedAgain() {
        String yaml =
                """
                remote_write:
                  - {name: far, url: "http://not an address", queue_config: {batch_send_deadline: 1ms}}
                """;
        forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
        append(Tenant.DEFAULT, "kept", 1);
        until(() -> status().lastError().contains("not an address"));
        assertThat(status().pending()).isEqualTo(1);
        configure(QUICK);
        until(() -> got().size() == 1);
        assertThat(got().getFirst()).startsWith("kept");
    }

    private void quickAndSlow() {
        String at = "http://127.0.0.1:" + remote.getAddress().getPort();
        String yaml =
                """
                remote_write:
                  - {name: quick, url: "%s/write", queue_config: {batch_send_deadline: 10ms}}
                  - name: slow
                    url: "%s/slow"
                    queue_config: {batch_send_deadline: 10ms, max_backoff: 30ms}
                """
                        .formatted(at, at);
        forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
    }

    @Test
    void tooOldSamplesAreNotSent() {
        configure(QUICK.replace("{batch", "{sample_age_limit: 1m, batch"));
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        Series series = appender.series(Tenant.DEFAULT, Labels.of("__name__", "old"));
        batch.add(series, clock.nowMs() - 600_000, 1);
        appender.append(batch);
        until(() -> status().dropped() == 1);
        append(Tenant.DEFAULT, "new", 1);
        until(() -> got().size() == 1);
        assertThat(got().getFirst()).startsWith("new");
    }

    @Test
    void aRemoteThatStaysKeepsItsQueueAndTheEndGetsALastTry() {
        configure("queue_config: {batch_send_deadline: 1h}");
        append(Tenant.DEFAULT, "waiting", 1);
        configure("queue_config: {batch_send_deadline: 1h}");
        assertThat(status().pending()).isEqualTo(1);
        forwarder.close();
        assertThat(got()).hasSize(1);
        assertThat(forwarder.statuses()).isEmpty();
    }

    @Test
    void whatIsNotCarriedOutIsSaid() {
        PrometheusConfig config =
                PrometheusConfig.parse(
                        Path.of("prometheus.yml"),
                        """
                        remote_write:
                          - {url: "http://me:hush@far/write", protobuf_message: io.prometheus.write.v2.Request, sigv4: {region: x}, round_robin_dns: true}
                        """);
        assertThat(String.join("\n", config.warnings()))
                .contains("prometheus.WriteRequest", "sigv4", "not to each in turn")
                .doesNotContain("hush");
    }
}

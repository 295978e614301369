package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.framewatch.wire.remotewrite.SeriesByBytes;
import io.framewatch.wire.remotewrite.WriteRequestReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.Snappy;

/// Many requests of a remote under way at once, to a receiver that answers late, refuses some of
/// them, and looks whether each series comes in order, as Prometheus wants it.
final class ParallelForwardTest {

    private static final int SERIES = 200;
    private static final int STEPS = 60;

    private final Clock clock = Clock.system();
    private final InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.DEFAULT);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Random random = new Random(7);
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<String> scopes = new HashSet<>();
    private final HttpServer remote;
    private final Forwarder forwarder;
    private final ForwardingAppender appender;
    private int samples;
    private int outOfOrder;
    private int underWay;
    private int underWayMost;
    private int requests;
    private boolean away = true;

    ParallelForwardTest(@TempDir Path folder) throws IOException {
        forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, clock);
        appender = new ForwardingAppender(store, forwarder, true);
        remote = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        remote.setExecutor(threads);
        remote.createContext("/write", this::answer);
        remote.start();
    }

    @AfterEach
    void stop() {
        forwarder.close();
        remote.stop(0);
        threads.shutdownNow();
        store.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] plain = Snappy.uncompress(exchange.getRequestBody().readAllBytes());
        String scope = String.valueOf(exchange.getRequestHeaders().getFirst("X-Scope-OrgID"));
        long pauseMs;
        boolean refused;
        synchronized (this) {
            underWay++;
            underWayMost = Math.max(underWayMost, underWay);
            pauseMs = random.nextLong(5, 30);
            refused = away || ++requests % 20 == 0;
        }
        LockSupport.parkNanos(Duration.ofMillis(pauseMs).toNanos());
        synchronized (this) {
            underWay--;
            if (!refused) {
                take(scope, plain);
            }
        }
        exchange.sendResponseHeaders(refused ? 503 : 204, -1);
        exchange.close();
    }

    private void take(String scope, byte[] plain) {
        scopes.add(scope);
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 16);
        new WriteRequestReader(WriteLimits.DEFAULT, new SeriesByBytes(1_000))
                .read(plain, plain.length, batch, new Sink());
        for (int i = 0; i < batch.size(); i++) {
            String series = scope + batch.series(i).labels();
            Long before = newest.put(series, batch.timestampMs(i));
            outOfOrder += before != null && before >= batch.timestampMs(i) ? 1 : 0;
            samples++;
        }
    }

    private static final class Sink implements MetricSink {

        @Override
        public Series series(Labels labels) {
            return new Series(Tenant.DEFAULT, labels.hashCode(), labels);
        }

        @Override
        public void exemplar(Series series, Exemplar exemplar) {
            throw new AssertionError("none was sent");
        }

        @Override
        public void metadata(MetricMetadata family) {
            throw new AssertionError("none was sent");
        }
    }

    private synchronized int samples() {
        return samples;
    }

    private void until(BooleanSupplier condition) {
        long endNs = clock.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(condition.getAsBoolean()).as(forwarder.statuses().toString()).isTrue();
    }

    private void configure(Map<String, Tenants> tenants) {
        String yaml =
                """
                remote_write:
                  - url: http://127.0.0.1:%d/write
                    name: far
                    queue_config: {max_samples_per_send: 100, min_shards: 4, max_shards: 8, min_backoff: 5ms, max_backoff: 20ms, batch_send_deadline: 20ms}
                """
                        .formatted(remote.getAddress().getPort());
        forwarder.apply(
                PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of(), tenants);
    }

    private void append(Tenant tenant, int step, long fromMs) {
        SampleBatch batch = new SampleBatch(tenant, SERIES);
        for (int i = 0; i < SERIES; i++) {
            Labels labels = Labels.of("__name__", "frames", "camera", "c" + i);
            batch.add(appender.series(tenant, labels), fromMs + step, i);
        }
        appender.append(batch);
    }

    @Test
    void manyAreUnderWayAndEachSeriesKeepsItsOrder() {
        configure(Map.of());
        long fromMs = clock.nowMs() - STEPS;
        for (int step = 0; step < STEPS; step++) {
            append(Tenant.DEFAULT, step, fromMs);
        }
        synchronized (this) {
            away = false;
        }
        until(() -> samples() == SERIES * STEPS);
        until(() -> forwarder.statuses().getFirst().pending() == 0);
        synchronized (this) {
            assertThat(outOfOrder).isZero();
            assertThat(underWayMost).isBetween(3, 8);
            assertThat(scopes).containsExactly("null");
        }
        assertThat(forwarder.statuses().getFirst().sent()).isEqualTo(SERIES * STEPS);
    }

    @Test
    void eachTenantIsNamedAndOthersAreLeftOut() {
        Tenant north = new Tenant("north");
        Tenant south = new Tenant("south");
        configure(Map.of("far", new Tenants(Set.of(north, south), "X-Scope-OrgID")));
        long fromMs = clock.nowMs() - STEPS;
        for (int step = 0; step < 4; step++) {
            append(north, step, fromMs);
            append(Tenant.DEFAULT, step, fromMs);
            append(south, step, fromMs);
        }
        synchronized (this) {
            away = false;
        }
        until(() -> samples() == SERIES * 4 * 2);
        until(() -> forwarder.statuses().getFirst().pending() == 0);
        synchronized (this) {
            assertThat(outOfOrder).isZero();
            assertThat(scopes).containsExactlyInAnyOrder("north", "south");
        }
        assertThat(forwarder.statuses().getFirst().dropped()).isZero();
    }
}

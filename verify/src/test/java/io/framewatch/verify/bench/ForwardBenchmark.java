package io.framewatch.verify.bench;

import com.sun.net.httpserver.HttpServer;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.forward.Forwarder;
import io.framewatch.ingest.forward.ForwardingAppender;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Samples per second that a remote gets which answers each request after 100 ms: a spool with a
/// million samples of 10,000 series is sent on with the settings that Prometheus has unless told.
final class ForwardBenchmark {

    private static final int SERIES = 10_000;
    private static final int STEPS = 100;
    private static final long LATENCY_NS = 100_000_000;
    private static final long LOOK_EVERY_NS = 5_000_000;

    private ForwardBenchmark() {}

    static void run(PrintStream out) throws IOException {
        Clock clock = Clock.system();
        Path folder = Path.of("target", "bench-forward-" + clock.nowMs());
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        HttpServer remote =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                InMemoryMetricStore store =
                        new InMemoryMetricStore(
                                new MemoryLimits(SERIES, Duration.ofHours(1), 10_000_000));
                Forwarder forwarder = new Forwarder(folder, SpoolLimits.DEFAULT, clock)) {
            remote.setExecutor(threads);
            remote.createContext(
                    "/write",
                    exchange -> {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        exchange.getRequestBody().readAllBytes();
                        LockSupport.parkNanos(LATENCY_NS);
                        underWay.decrementAndGet();
                        exchange.sendResponseHeaders(204, -1);
                        exchange.close();
                    });
            configure(forwarder, remote.getAddress().getPort());
            fill(new ForwardingAppender(store, forwarder, false), clock.nowMs());
            remote.start();
            long start = clock.nanoTime();
            while (forwarder.statuses().getFirst().pending() > 0) {
                LockSupport.parkNanos(LOOK_EVERY_NS);
            }
            double seconds = (clock.nanoTime() - start) / 1e9;
            Table table = new Table("remote write, 100 ms a request", "samples/s", "at once");
            table.row(
                    "1,000,000 samples waiting",
                    String.format(Locale.ROOT, "%,.0f", SERIES * STEPS / seconds),
                    most.toString());
            table.print(out);
        } finally {
            remote.stop(0);
        }
    }

    private static void configure(Forwarder forwarder, int port) {
        String yaml =
                "remote_write: [{name: far, url: \"http://127.0.0.1:"
                        + port
                        + "/write\", remote_timeout: 5m}]";
        forwarder.apply(PrometheusConfig.parse(Path.of("prometheus.yml"), yaml), List.of());
    }

    private static void fill(ForwardingAppender appender, long nowMs) {
        for (int step = 0; step < STEPS; step++) {
            SampleBatch batch = new SampleBatch(Tenant.DEFAULT, SERIES);
            for (int i = 0; i < SERIES; i++) {
                Labels labels =
                        Labels.of("__name__", "frames_total", "camera", "c" + i, "site", "north");
                batch.add(
                        appender.series(Tenant.DEFAULT, labels),
                        nowMs - (STEPS - step) * 1_000L,
                        i + step);
            }
            appender.append(batch);
        }
    }
}

package io.framewatch.verify.bench;

import com.sun.management.OperatingSystemMXBean;
import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.scrape.ScrapeManager;
import io.framewatch.ingest.scrape.ScrapeStats;
import io.framewatch.ingest.scrape.TargetStatus;
import io.framewatch.model.Clock;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// 5,000 targets of 150 series each, scraped every 15 s from a server in a process of its own: what
/// it costs, whether a scrape is missed, and how evenly the scrapes are spread. The store is the
/// one in memory.
final class ScrapeBenchmark {

    private static final int TARGETS = 5_000;
    private static final int SERIES = 150;
    private static final int INTERVAL_S = 15;
    private static final int WARM_SCRAPES = 3;
    private static final int WARM_S_MAX = 300;
    private static final int MEASURED_S = 60;

    private ScrapeBenchmark() {}

    static void run(PrintStream out) throws Exception {
        Process server = startServer();
        try (BufferedReader lines = server.inputReader();
                InMemoryMetricStore store =
                        new InMemoryMetricStore(
                                new MemoryLimits(2_000_000, Duration.ofHours(6), 50_000_000));
                ScrapeManager manager = new ScrapeManager(store, Clock.system())) {
            int port = Integer.parseInt(lines.readLine());
            manager.apply(configuration(port));
            warm(manager);
            measure(out, manager);
        } finally {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Process startServer() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScrapeTargets.class.getName(),
                        Integer.toString(SERIES))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// 50 hosts with 100 exporters each.
    private static PrometheusConfig configuration(int port) throws Exception {
        StringBuilder yaml =
                new StringBuilder(
                        "global: {scrape_interval: " + INTERVAL_S + "s}\nscrape_configs:\n");
        yaml.append("- job_name: cams\n  static_configs:\n");
        for (int i = 0; i < TARGETS; i++) {
            yaml.append("  - targets: ['127.8.0.").append(i % 50 + 1).append(':').append(port);
            yaml.append("']\n    labels: {__metrics_path__: /").append(i);
            yaml.append(", instance: cam-").append(i).append("}\n");
        }
        Path file = Files.createTempFile("bench-scrape", ".yml");
        Files.writeString(file, yaml);
        PrometheusConfig config = PrometheusConfig.read(file);
        Files.delete(file);
        return config;
    }

    /// Until every series is known and the code is compiled.
    private static void warm(ScrapeManager manager) throws InterruptedException {
        for (int s = 0; s < WARM_S_MAX; s++) {
            if (manager.stats().scrapes() >= (long) TARGETS * WARM_SCRAPES) {
                return;
            }
            pause(1);
        }
    }

    private static void measure(PrintStream out, ScrapeManager manager) throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ScrapeStats before = manager.stats();
        long cpuNs = system.getProcessCpuTime();
        pause(MEASURED_S);
        double cpuS = (system.getProcessCpuTime() - cpuNs) / 1e9;
        ScrapeStats after = manager.stats();
        long scrapes = after.scrapes() - before.scrapes();
        long samples = after.stored() - before.stored();
        long expected = (long) TARGETS * MEASURED_S / INTERVAL_S;
        Table table = new Table("5,000 targets, 150 series each, every 15 s", "measured");
        table.row("scrapes", number(scrapes) + " of " + number(expected));
        table.row("failed", number(after.failed() - before.failed()));
        table.row("samples stored", number(samples));
        table.row("samples/s", number(samples / MEASURED_S));
        table.row("CPU s per million samples", real(cpuS * 1e6 / Math.max(1, samples)));
        table.row("cores used", real(cpuS / MEASURED_S));
        table.row("scrapes begun in a second of the interval, least to most", spread(manager));
        table.print(out);
    }

    /// How many targets begin their scrape in each second of the interval.
    private static String spread(ScrapeManager manager) {
        int[] bySecond = new int[INTERVAL_S];
        for (TargetStatus target : manager.targets()) {
            bySecond[(int) (target.lastScrapeMs() / 1000 % INTERVAL_S)]++;
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int count : bySecond) {
            least = Math.min(least, count);
            most = Math.max(most, count);
        }
        return least + " to " + most + " (even: " + TARGETS / INTERVAL_S + ")";
    }

    private static void pause(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String real(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}

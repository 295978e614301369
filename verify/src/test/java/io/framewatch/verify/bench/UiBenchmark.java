package io.framewatch.verify.bench;

import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.server.Framewatch;
import io.framewatch.server.config.GrpcSettings;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.config.Settings;
import io.framewatch.server.config.StoreSettings;
import io.framewatch.store.MetricStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The marks of the web pages in Chromium: first load, first draw of a board of six panels over six
/// hours, redraw of 50 series of 1,440 points, what an idle board costs. The server runs in this
/// process with the data in memory, and serves the built pages; `ui/scripts/marks.mjs` measures.
final class UiBenchmark {

    private static final int METRICS = 6;
    private static final int STREAMS = 8;
    private static final int INSTANCES = 50;
    private static final long STEP_MS = 15_000;
    private static final long SPAN_MS = Duration.ofHours(6).plusMinutes(30).toMillis();
    private static final int SERIES_MAX = 10_000;

    private UiBenchmark() {}

    static void run(PrintStream out) throws Exception {
        Path folder = Files.createTempDirectory("framewatch-bench-ui");
        Settings settings =
                Settings.DEFAULT
                        .withListen(new ListenSettings("127.0.0.1", 0, true))
                        .withGrpc(GrpcSettings.OFF)
                        .withStore(StoreSettings.inMemory(folder, 2 * SPAN_MS, SERIES_MAX));
        try (Framewatch framewatch = Framewatch.start(settings)) {
            fill(framewatch.store(), framewatch.clock().nowMs());
            measure(out, framewatch.address().toString());
        }
    }

    private static void fill(MetricStore store, long nowMs) {
        List<Series> series = new ArrayList<>();
        for (int metric = 0; metric < METRICS; metric++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                series.add(named(store, "metric_" + metric, "stream_id", "stream-" + stream));
            }
        }
        for (int instance = 0; instance < INSTANCES; instance++) {
            series.add(named(store, "metric", "instance", "host-" + instance));
        }
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, series.size());
        for (long atMs = nowMs - SPAN_MS; atMs < nowMs; atMs += STEP_MS) {
            batch.clear();
            double phase = atMs / 3.6e6;
            for (int i = 0; i < series.size(); i++) {
                boolean counter = i < METRICS * STREAMS;
                double wave = 50 + 30 * Math.sin(phase * 3 + i) + 10 * Math.cos(phase * 40 + i * 7);
                batch.add(series.get(i), atMs, counter ? (atMs - nowMs + SPAN_MS) * wave : wave);
            }
            store.append(batch);
        }
    }

    private static Series named(MetricStore store, String metric, String label, String value) {
        return store.series(Tenant.DEFAULT, Labels.of(Labels.NAME, metric, label, value));
    }

    private static void measure(PrintStream out, String address)
            throws IOException, InterruptedException {
        ProcessBuilder node = new ProcessBuilder("node", "scripts/marks.mjs");
        node.directory(Path.of("ui").toFile()).redirectErrorStream(true);
        node.environment().put("MARKS_URL", address);
        Process process;
        try {
            process = node.start();
        } catch (IOException e) {
            out.println("Left out: Node.js is not installed.");
            return;
        }
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(out::println);
        } finally {
            process.destroy();
        }
        if (process.waitFor() != 0) {
            out.println(
                    "The marks could not be measured: Chromium and ui/node_modules are needed.");
        }
    }
}

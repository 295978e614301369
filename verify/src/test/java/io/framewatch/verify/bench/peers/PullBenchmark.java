package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.ProcessTree;
import io.framewatch.verify.bench.ScrapeTargets;
import io.framewatch.verify.bench.Table;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What scraping, reading and storing cost, in processor time of the whole process tree: 1,000
/// targets of 150 series each, every 5 s, in Framewatch and in the peers that are installed, one
/// after the other, from the same exporters and the same `prometheus.yml`. What a server did is
/// counted by the exporters: how many answers they gave. Whiles of 45 s follow one another, the
/// first of which begins after as many scrapes of each target as fit in two minutes, at least two
/// and at most five; Java goes on compiling for the first minutes, so the first two and the last
/// are told. `FRAMEWATCH_BENCH_PEERS` names the servers to measure, `FRAMEWATCH_BENCH_TARGETS` the
/// targets, `FRAMEWATCH_BENCH_TARGET_SERIES` what each shows and `FRAMEWATCH_BENCH_INTERVAL_S` how
/// often: a million series are 1,000, 1,000 and 60. A while is an interval where that is longer.
/// `FRAMEWATCH_BENCH_WHILES` says how many there are, two at least.
public final class PullBenchmark {

    private static final int TARGETS = setting("TARGETS", 1_000);
    private static final int HOSTS = 50;
    private static final int SERIES = setting("TARGET_SERIES", 150);
    private static final int INTERVAL_S = setting("INTERVAL_S", 5);
    private static final int MEASURED_S = Math.max(45, INTERVAL_S);
    private static final int WHILES = Math.max(2, setting("WHILES", 5));
    private static final int WARM_ANSWERS = Math.clamp(120 / INTERVAL_S, 2, 5) * TARGETS;
    private static final long LOOK_EVERY_NS = 500_000_000L;
    private static final long WARM_MAX_NS = Math.max(120L, 3L * INTERVAL_S) * 1_000_000_000L;
    private static final long MEASURED_NS = MEASURED_S * 1_000_000_000L;

    private final Clock clock = Clock.system();
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private PullBenchmark(Process exporters) {
        this.questions = exporters.outputWriter();
        this.answers = exporters.inputReader();
    }

    private static int setting(String name, int otherwise) {
        String wanted = System.getenv("FRAMEWATCH_BENCH_" + name);
        return wanted == null ? otherwise : Integer.parseInt(wanted);
    }

    /// Measures and prints.
    public static void run(PrintStream out) throws IOException {
        Process exporters =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ScrapeTargets.class.getName(),
                                Integer.toString(SERIES))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            new PullBenchmark(exporters).runAll(out);
        } finally {
            exporters.destroy();
        }
    }

    private void runAll(PrintStream out) throws IOException {
        String scrapes = configuration(Integer.parseInt(answers.readLine()));
        Path folder = Files.createDirectories(Path.of("target", "bench-pull-" + clock.nowMs()));
        Table table =
                new Table(
                        "%,d targets of %d series, every %d s"
                                .formatted(TARGETS, SERIES, INTERVAL_S),
                        "samples",
                        "CPU s per million, first " + MEASURED_S + " s",
                        "second",
                        "number " + WHILES,
                        "of it the engine",
                        "own memory, MB",
                        "resident, MB",
                        "most resident, MB");
        for (Peer peer : PushBenchmark.wanted()) {
            Optional<String> version = peer.version();
            if (version.isEmpty()) {
                out.println(peer.title() + " is left out: not installed.");
                continue;
            }
            try (Contender contender =
                    Contender.start(peer, folder, new Peer.Setup(scrapes, 2_000_000))) {
                measure(contender, table);
            }
        }
        table.print(out);
    }

    private static String configuration(int port) {
        StringBuilder yaml = new StringBuilder("global: {scrape_interval: " + INTERVAL_S + "s}\n");
        yaml.append("scrape_configs:\n- job_name: cams\n  static_configs:\n");
        for (int i = 0; i < TARGETS; i++) {
            yaml.append("  - targets: ['127.8.0.").append(i % HOSTS + 1).append(':').append(port);
            yaml.append("']\n    labels: {__metrics_path__: /").append(i);
            yaml.append(", instance: cam-").append(i).append("}\n");
        }
        return yaml.toString();
    }

    private long answersGiven() throws IOException {
        questions.write("\n");
        questions.flush();
        return Long.parseLong(answers.readLine());
    }

    private void measure(Contender contender, Table table) throws IOException {
        long start = clock.nanoTime();
        long known = answersGiven();
        while (answersGiven() - known < WARM_ANSWERS && clock.nanoTime() - start < WARM_MAX_NS) {
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
        ProcessTree processes = contender.processes();
        String[] costs = new String[WHILES];
        String ofEngine = "";
        double samples = 0;
        for (int i = 0; i < WHILES; i++) {
            long cpu = processes.cpuMs();
            long engine = processes.withoutRoot().cpuMs();
            samples = samplesOfAWhile();
            costs[i] = perMillion(processes.cpuMs() - cpu, samples);
            ofEngine = perMillion(processes.withoutRoot().cpuMs() - engine, samples);
        }
        table.row(
                contender.name(),
                String.format(Locale.ROOT, "%,.0f", samples),
                costs[0],
                costs[1],
                costs[WHILES - 1],
                ofEngine,
                String.format(Locale.ROOT, "%,.0f", processes.ownBytes() / 1e6),
                String.format(Locale.ROOT, "%,.0f", processes.residentBytes() / 1e6),
                String.format(Locale.ROOT, "%,.0f", processes.peakBytes() / 1e6));
    }

    private double samplesOfAWhile() throws IOException {
        long before = answersGiven();
        LockSupport.parkNanos(MEASURED_NS);
        return (answersGiven() - before) * (double) SERIES;
    }

    private static String perMillion(long cpuMs, double samples) {
        return String.format(Locale.ROOT, "%.2f", cpuMs * 1e3 / Math.max(1, samples));
    }
}

package io.framewatch.verify.bench;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What the demo costs while nothing is broken: processor time of its ffmpeg processes and of
/// Framewatch itself, and memory, over half a minute after it has settled.
final class DemoBenchmark {

    private static final long SETTLE_NS = 30_000_000_000L;
    private static final long MEASURE_NS = 30_000_000_000L;

    private DemoBenchmark() {}

    static void run(PrintStream out) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("framewatch-bench");
        Process process =
                new ProcessBuilder(
                                Path.of("framewatch").toAbsolutePath().toString(),
                                "demo",
                                "--no-faults",
                                "--port",
                                "0")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output.txt").toFile())
                        .start();
        try {
            LockSupport.parkNanos(SETTLE_NS);
            if (!process.isAlive()) {
                out.println("The demo ended: " + Files.readString(folder.resolve("output.txt")));
                return;
            }
            measure(process, out);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void measure(Process process, PrintStream out) {
        Clock clock = Clock.system();
        long start = clock.nanoTime();
        ProcessTree ffmpeg = ProcessTree.of(process.toHandle()).named("ffmpeg"::equals);
        ProcessTree own = ProcessTree.of(process.toHandle()).named(name -> !name.equals("ffmpeg"));
        long ffmpegMs = ffmpeg.cpuMs();
        long ownMs = own.cpuMs();
        LockSupport.parkNanos(MEASURE_NS);
        double elapsedMs = (clock.nanoTime() - start) / 1e6;
        Table table =
                new Table("demo, nothing broken", "processes", "percent of a core", "resident, MB");
        row(table, "Framewatch with its engine", own, (own.cpuMs() - ownMs) / elapsedMs);
        row(
                table,
                "ffmpeg: cameras, transcoding, packaging, probes",
                ffmpeg,
                (ffmpeg.cpuMs() - ffmpegMs) / elapsedMs);
        table.print(out);
    }

    private static void row(Table table, String name, ProcessTree tree, double cores) {
        table.row(
                name,
                Integer.toString(tree.size()),
                String.format(Locale.ROOT, "%.0f", cores * 100),
                Long.toString(tree.residentBytes() / 1_000_000));
    }
}

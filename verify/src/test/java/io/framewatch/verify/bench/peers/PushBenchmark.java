package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.ProcessTree;
import io.framewatch.verify.bench.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What taking in pushed samples costs, in processor time of the whole process tree: the machine
/// may be shared, and time on the wall then tells nothing. The same bytes go by remote write into
/// Framewatch and into the peers that are installed, one after the other: 10,000 series every
/// second, then a million every 15 seconds, as fast as they are taken.
///
/// The first million samples are measured apart, since they make the series known; what that leaves
/// to be done in the background is done before the others come. Merges and compactions are part of
/// the load: they are given time after the last sample. Own memory is what no file backs: pages of
/// libraries and of data files are resident too, but given up when others need room.
/// `FRAMEWATCH_BENCH_PEERS` names the servers to measure, `FRAMEWATCH_BENCH_SERIES` a single size,
/// `FRAMEWATCH_BENCH_MILLIONS` how many million samples are measured.
public final class PushBenchmark {

    private static final int PER_REQUEST = 5_000;
    private static final int SENDERS = 4;
    private static final long PAST_MS = 14 * 60_000;
    private static final long WARM_NS = 4_000_000_000L;
    private static final long SETTLE_NS = 15_000_000_000L;

    /// @param series how many
    /// @param stepMs between two samples of one, milliseconds
    private record Size(int series, long stepMs) {

        static final List<Size> ALL = List.of(new Size(10_000, 1_000), new Size(1_000_000, 15_000));

        /// Samples of each in a million.
        int stepsPerMillion() {
            return 1_000_000 / series;
        }
    }

    private final PrintStream out;
    private final Clock clock = Clock.system();
    private final Path folder;
    private final int millions;
    private final AtomicReference<@Nullable IOException> refused = new AtomicReference<>();

    private PushBenchmark(PrintStream out) throws IOException {
        this.out = out;
        String wanted = System.getenv("FRAMEWATCH_BENCH_MILLIONS");
        this.millions = wanted == null ? 8 : Integer.parseInt(wanted);
        this.folder = Files.createDirectories(Path.of("target", "bench-push-" + clock.nowMs()));
    }

    /// Measures and prints.
    public static void run(PrintStream out) throws IOException {
        PushBenchmark benchmark = new PushBenchmark(out);
        String only = System.getenv("FRAMEWATCH_BENCH_SERIES");
        for (Size size : Size.ALL) {
            if (only == null || Integer.parseInt(only) == size.series()) {
                benchmark.run(size);
            }
        }
    }

    /// The servers that `FRAMEWATCH_BENCH_PEERS` names, or all.
    static List<Peer> wanted() {
        String names = System.getenv("FRAMEWATCH_BENCH_PEERS");
        return Arrays.stream(Peer.values())
                .filter(peer -> names == null || List.of(names.split(",", -1)).contains(peer.id()))
                .toList();
    }

    private void run(Size size) throws IOException {
        Table table =
                new Table(
                        format("%,d series, CPU s per million samples", size.series()),
                        "first million",
                        "the " + millions + " after it",
                        "their second half",
                        "of it the engine",
                        "samples per CPU second",
                        "samples/s",
                        "own memory, MB",
                        "resident, MB",
                        "highest, MB");
        for (Peer peer : wanted()) {
            Optional<String> version = peer.version();
            if (version.isEmpty()) {
                out.println(peer.title() + " is left out: not installed.");
                continue;
            }
            Path own = folder.resolve(Integer.toString(size.series()));
            try (Contender contender = Contender.start(peer, own)) {
                LockSupport.parkNanos(WARM_NS);
                measure(contender, size, table);
            }
        }
        table.print(out);
        out.println();
    }

    private void measure(Contender contender, Size size, Table table) throws IOException {
        Workload workload = new Workload(size.series());
        int steps = millions * size.stepsPerMillion();
        long fromMs = clock.nowMs() - PAST_MS;
        ProcessTree processes = contender.processes();
        long cpu0 = processes.cpuMs();
        push(contender, workload, size, fromMs, size.stepsPerMillion());
        rest(contender);
        long cpu1 = processes.cpuMs();
        long engine1 = processes.withoutRoot().cpuMs();
        long start = clock.nanoTime();
        long restFromMs = fromMs + size.stepsPerMillion() * size.stepMs();
        int half = steps / 2;
        push(contender, workload, size, restFromMs, half);
        long cpuHalf = processes.cpuMs();
        push(contender, workload, size, restFromMs + half * size.stepMs(), steps - half);
        double seconds = (clock.nanoTime() - start) / 1e9;
        rest(contender);
        long cpu2 = processes.cpuMs();
        long engine2 = processes.withoutRoot().cpuMs();
        double first = (double) size.series() * size.stepsPerMillion();
        double rest = (double) size.series() * steps;
        table.row(
                contender.name(),
                format("%.2f", (cpu1 - cpu0) * 1e3 / first),
                format("%.2f", (cpu2 - cpu1) * 1e3 / rest),
                format("%.2f", (cpu2 - cpuHalf) * 1e3 / (size.series() * (double) (steps - half))),
                format("%.2f", (engine2 - engine1) * 1e3 / rest),
                format("%,.0f", rest * 1e3 / (cpu2 - cpu1)),
                format("%,.0f", rest / seconds),
                format("%,.0f", processes.ownBytes() / 1e6),
                format("%,.0f", processes.residentBytes() / 1e6),
                format("%,.0f", processes.peakBytes() / 1e6));
    }

    /// Has it write what it still holds, and gives it time to tidy up.
    private static void rest(Contender contender) throws IOException {
        contender.settle();
        LockSupport.parkNanos(SETTLE_NS);
    }

    /// Pushes `steps` samples of each series; those of one time before those of the next.
    private void push(Contender contender, Workload workload, Size size, long fromMs, int steps)
            throws IOException {
        Semaphore room = new Semaphore(SENDERS);
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int step = 0; step < steps; step++) {
                long timestampMs = fromMs + step * size.stepMs();
                for (int from = 0; from < size.series(); from += PER_REQUEST) {
                    byte[] body = workload.request(from, from + PER_REQUEST, timestampMs);
                    room.acquireUninterruptibly();
                    senders.execute(() -> send(contender, body, room));
                }
                room.acquireUninterruptibly(SENDERS);
                room.release(SENDERS);
                if (refused.get() != null) {
                    throw new IOException("a push failed", refused.get());
                }
            }
        }
    }

    private void send(Contender contender, byte[] body, Semaphore room) {
        try {
            contender.send(body);
        } catch (IOException failed) {
            refused.compareAndSet(null, failed);
        } finally {
            room.release();
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

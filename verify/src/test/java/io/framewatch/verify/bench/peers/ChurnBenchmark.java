package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.ProcessTree;
import io.framewatch.verify.bench.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.xerial.snappy.Snappy;

/// Series that come and go, as containers do: an hour by their timestamps, in which ever new series
/// come every 15 s, live for three samples and end. Pushed by remote write as fast as taken, one
/// server after the other. Whether memory levels off is what it shows; Framewatch is told that only
/// a fifth of all these series may be active at once, and must not refuse one. Then each is started
/// again on what it holds: how long until it is ready, until it has answered how many of these
/// series there are in the last five minutes, and its memory a while later.
///
/// `FRAMEWATCH_BENCH_SERIES` says how many come in the hour (a million unless set),
/// `FRAMEWATCH_BENCH_PEERS` names the servers to measure.
public final class ChurnBenchmark {

    private static final int SERIES = 1_000_000;
    private static final int STEPS = 240;
    private static final int LIFE_STEPS = 3;
    private static final int PER_REQUEST = 5_000;
    private static final int ACTIVE_SHARE = 5;
    private static final int QUARTERS = 4;
    private static final long STEP_MS = 15_000;
    private static final long WARM_NS = 4_000_000_000L;
    private static final long SETTLE_NS = 10_000_000_000L;

    private final Clock clock = Clock.system();
    private final int perStep;

    private ChurnBenchmark(int series) {
        this.perStep = series / STEPS;
    }

    /// Measures and prints.
    public static void run(PrintStream out) throws IOException {
        String wanted = System.getenv("FRAMEWATCH_BENCH_SERIES");
        new ChurnBenchmark(wanted == null ? SERIES : Integer.parseInt(wanted)).runAll(out);
    }

    private void runAll(PrintStream out) throws IOException {
        int series = perStep * STEPS;
        Table table =
                new Table(
                        String.format(Locale.ROOT, "%,d series come and go in an hour", series),
                        "CPU s per million of them",
                        "samples/s",
                        "own memory after each quarter, MB",
                        "at rest, MB",
                        "start to ready, s",
                        "to the first answer, s",
                        "CPU s until then",
                        "memory after the start, MB",
                        "most resident, MB");
        Path folder = Files.createDirectories(Path.of("target", "bench-churn-" + clock.nowMs()));
        for (Peer peer : PushBenchmark.wanted()) {
            Optional<String> version = peer.version();
            if (version.isEmpty()) {
                out.println(peer.title() + " is left out: not installed.");
                continue;
            }
            Peer.Setup setup = new Peer.Setup(Peer.Setup.PUSHED.scrapes(), series / ACTIVE_SHARE);
            try (Contender contender = Contender.start(peer, folder, setup)) {
                LockSupport.parkNanos(WARM_NS);
                measure(contender, table);
            }
        }
        table.print(out);
    }

    private void measure(Contender contender, Table table) throws IOException {
        ProcessTree processes = contender.processes();
        long cpuMs = processes.cpuMs();
        long start = clock.nanoTime();
        long fromMs = clock.nowMs() - STEPS * STEP_MS;
        List<String> memory = new ArrayList<>();
        long samples = 0;
        for (int step = 0; step < STEPS; step++) {
            int first = Math.max(0, step - LIFE_STEPS + 1) * perStep;
            int end = (step + 1) * perStep;
            for (int from = first; from < end; from += PER_REQUEST) {
                int to = Math.min(end, from + PER_REQUEST);
                contender.send(request(from, to, fromMs + step * STEP_MS));
                samples += to - from;
            }
            if ((step + 1) % (STEPS / QUARTERS) == 0) {
                memory.add(megabytes(processes));
            }
        }
        double seconds = (clock.nanoTime() - start) / 1e9;
        contender.settle();
        LockSupport.parkNanos(SETTLE_NS);
        List<String> cells = new ArrayList<>();
        cells.add(contender.name());
        cells.add(format("%.2f", (processes.cpuMs() - cpuMs) * 1e3 / (perStep * STEPS)));
        cells.add(format("%,.0f", samples / seconds));
        cells.add(String.join(", ", memory));
        cells.add(megabytes(processes));
        cells.addAll(startedAgain(contender));
        table.row(cells.toArray(String[]::new));
    }

    private List<String> startedAgain(Contender contender) throws IOException {
        long readyNs = contender.restart();
        long ready = clock.nanoTime();
        contender.ask(new Question("first", "query?query=count(container_state_1)&time=" + nowS()));
        double answered = (readyNs + clock.nanoTime() - ready) / 1e9;
        ProcessTree processes = contender.processes();
        double cpuS = processes.cpuMs() / 1e3;
        LockSupport.parkNanos(SETTLE_NS);
        return List.of(
                format("%.2f", readyNs / 1e9),
                format("%.2f", answered),
                format("%.1f", cpuS),
                megabytes(processes),
                format("%,.0f", processes.peakBytes() / 1e6));
    }

    private long nowS() {
        return clock.nowMs() / 1_000;
    }

    private static byte[] request(int from, int to, long timestampMs) throws IOException {
        List<byte[]> heads = new ArrayList<>(to - from);
        int size = 0;
        for (int i = from; i < to; i++) {
            byte[] head = Workload.head(labels(i));
            heads.add(head);
            size += head.length + Workload.SAMPLE_BYTES;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] head : heads) {
            Workload.sample(out, head, head.length, timestampMs);
        }
        return Snappy.compress(out.array());
    }

    /// Ten series of each container.
    private static Map<String, String> labels(int i) {
        int container = i / 10;
        Map<String, String> labels = new TreeMap<>();
        labels.put("__name__", "container_state_" + i % 10);
        labels.put("container", Integer.toHexString(container * 0x9E3779B1) + "-" + container);
        labels.put("job", "transcode");
        labels.put("node", "node-" + container % 50);
        return labels;
    }

    private static String megabytes(ProcessTree processes) {
        return format("%,.0f", processes.ownBytes() / 1e6);
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// 10,000 series over six hours at 15 s pushed by remote write into Framewatch and into the peers
/// that are installed, one after the other; then the same questions to each.
///
/// Framewatch is asked twice: as it stands after the push, when old samples are answered by the
/// engine, and after a restart, as a server that has been up for a while. `FRAMEWATCH_BENCH_SERIES`
/// and `FRAMEWATCH_BENCH_HOURS` set other sizes.
public final class PeersBenchmark {

    private static final int PER_REQUEST = 5_000;
    private static final int ASKED = 7;
    private static final long SETTLE_NS = 5_000_000_000L;

    private final PrintStream out;
    private final Clock clock = Clock.system();
    private final int series;
    private final long endMs;
    private final int steps;
    private final List<Measured> all = new ArrayList<>();

    /// What was measured of one server.
    private record Measured(
            String name,
            long samples,
            long pushNs,
            long pushCpuMs,
            long residentBytes,
            long diskBytes,
            Map<String, Answer> answers) {}

    /// Median time of a question and the size of its answer; or why there was none.
    private record Answer(double ms, int bytes, String trouble) {}

    private PeersBenchmark(PrintStream out) {
        this.out = out;
        this.series = setting("FRAMEWATCH_BENCH_SERIES", 10_000);
        this.steps = setting("FRAMEWATCH_BENCH_HOURS", 6) * 240;
        this.endMs = clock.nowMs() / Workload.STEP_MS * Workload.STEP_MS;
    }

    private static int setting(String name, int usual) {
        String value = System.getenv(name);
        return value == null ? usual : Integer.parseInt(value);
    }

    /// Measures and prints.
    public static void run(PrintStream out) throws IOException {
        new PeersBenchmark(out).run();
    }

    private void run() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "bench-peers-" + endMs));
        for (Peer peer : Peer.values()) {
            Optional<String> version = peer.version();
            if (version.isEmpty()) {
                out.println(
                        peer.title()
                                + " is left out: not installed (apt install "
                                + peer.id()
                                + ").");
                continue;
            }
            out.println(peer.title() + ": " + version.get());
            try (Contender contender = Contender.start(peer, folder)) {
                measure(contender, peer);
            }
        }
        load().print(out);
        out.println();
        questions().print(out);
    }

    private void measure(Contender contender, Peer peer) throws IOException {
        long cpuBefore = contender.cpuMs();
        long start = clock.nanoTime();
        long samples = push(contender);
        long pushNs = clock.nanoTime() - start;
        contender.settle();
        LockSupport.parkNanos(SETTLE_NS); // merges and compactions under way are part of the load
        long cpuMs = contender.cpuMs() - cpuBefore;
        long resident = contender.residentBytes();
        Map<String, Answer> answers = askAll(contender);
        all.add(
                new Measured(
                        peer.title(),
                        samples,
                        pushNs,
                        cpuMs,
                        resident,
                        contender.diskBytes(),
                        answers));
        if (peer == Peer.FRAMEWATCH) {
            contender.restart();
            LockSupport.parkNanos(SETTLE_NS); // the hot window is read back meanwhile
            all.add(
                    new Measured(
                            "Framewatch, restarted",
                            0,
                            0,
                            0,
                            contender.residentBytes(),
                            contender.diskBytes(),
                            askAll(contender)));
        }
    }

    private long push(Contender contender) throws IOException {
        Workload workload = new Workload(series);
        long samples = 0;
        for (int step = steps; step > 0; step--) {
            long timestampMs = endMs - (step - 1) * Workload.STEP_MS;
            for (int from = 0; from < series; from += PER_REQUEST) {
                int to = Math.min(series, from + PER_REQUEST);
                contender.send(workload.request(from, to, timestampMs));
                samples += to - from;
            }
        }
        return samples;
    }

    private Map<String, Answer> askAll(Contender contender) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Question question : Question.all(endMs / 1_000)) {
            answers.put(question.what(), ask(contender, question));
        }
        return answers;
    }

    private Answer ask(Contender contender, Question question) {
        long[] nanos = new long[ASKED];
        int bytes = 0;
        try {
            contender.ask(question); // warms what is compiled or opened at first use
            for (int i = 0; i < ASKED; i++) {
                long start = clock.nanoTime();
                bytes = contender.ask(question).length;
                nanos[i] = clock.nanoTime() - start;
            }
        } catch (IOException refused) {
            String text = String.valueOf(refused.getMessage());
            return new Answer(0, 0, text.substring(0, Math.min(60, text.length())));
        }
        Arrays.sort(nanos);
        return new Answer(nanos[ASKED / 2] / 1e6, bytes, "");
    }

    private Table load() {
        Table table =
                new Table(
                        series + " series, " + steps / 240 + " h",
                        "pushed, samples/s",
                        "samples per CPU second",
                        "resident, MB",
                        "on disk, bytes/sample");
        long samples = (long) series * steps;
        for (Measured one : all) {
            boolean pushed = one.samples > 0;
            table.row(
                    one.name,
                    pushed ? number("%,.0f", one.samples / (one.pushNs / 1e9)) : "",
                    pushed ? number("%,.0f", one.samples / (one.pushCpuMs / 1e3)) : "",
                    number("%,.0f", one.residentBytes / 1e6),
                    number("%.2f", (double) one.diskBytes / samples));
        }
        return table;
    }

    private Table questions() {
        List<String> heads = new ArrayList<>(List.of("median of " + ASKED + ", ms"));
        all.forEach(one -> heads.add(one.name));
        heads.add("answer, kB");
        Table table = new Table(heads.toArray(String[]::new));
        for (Question question : Question.all(endMs / 1_000)) {
            List<String> cells = new ArrayList<>(List.of(question.what()));
            String size = "";
            for (Measured one : all) {
                Answer answer =
                        one.answers.getOrDefault(question.what(), new Answer(0, 0, "not asked"));
                cells.add(answer.trouble.isEmpty() ? number("%.1f", answer.ms) : answer.trouble);
                size =
                        size.isEmpty()
                                ? number("%.0f", answer.bytes / 1e3)
                                : size + " / " + number("%.0f", answer.bytes / 1e3);
            }
            cells.add(size);
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String number(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

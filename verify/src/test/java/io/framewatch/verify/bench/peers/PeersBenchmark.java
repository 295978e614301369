package io.framewatch.verify.bench.peers;

import io.framewatch.model.Clock;
import io.framewatch.verify.bench.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// 10,000 series over six hours at 15 s pushed by remote write into Framewatch and into the peers
/// that are installed, one after the other; then the same questions to each, in turn, so that
/// whatever else the machine does slows all alike. Each is asked for a second or two before it
/// counts. No server may answer from kept answers.
///
/// Framewatch is asked twice: as it stands after the push, when old samples are answered by the
/// engine, and after a restart, as a server that has been up for a while: the window has been read
/// back then. `FRAMEWATCH_BENCH_SERIES` and `FRAMEWATCH_BENCH_HOURS` set other sizes.
public final class PeersBenchmark {

    private static final int PER_REQUEST = 5_000;
    private static final int ASKED = 11;
    private static final int WARMING_MAX = 200;
    private static final long WARMING_NS = 1_500_000_000L;
    private static final long SETTLE_NS = 5_000_000_000L;
    private static final long WARM_PATIENCE_NS = 120_000_000_000L;
    private static final String WARM = "Framewatch, restarted";

    private final PrintStream out;
    private final Clock clock = Clock.system();
    private final int series;
    private final long endMs;
    private final int steps;
    private final List<Loaded> all = new ArrayList<>();

    /// Times of each question, by the name of who was asked, nanoseconds; and what trouble there
    /// was.
    private final Map<String, Map<String, Asked>> asked = new LinkedHashMap<>();

    /// What pushing into one server cost.
    private record Loaded(
            String name,
            long samples,
            long pushNs,
            long pushCpuMs,
            long residentBytes,
            long diskBytes) {}

    private static final class Asked {
        final List<Long> nanos = new ArrayList<>();
        int bytes;
        String trouble = "";

        double medianMs() {
            List<Long> sorted = nanos.stream().sorted().toList();
            return sorted.get(sorted.size() / 2) / 1e6;
        }
    }

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
        Map<Peer, Contender> running = new EnumMap<>(Peer.class);
        try {
            for (Peer peer : Peer.values()) {
                Optional<String> version = peer.version();
                if (version.isEmpty()) {
                    String install = "not installed (apt install " + peer.id() + ").";
                    out.println(peer.title() + " is left out: " + install);
                    continue;
                }
                out.println(peer.title() + ": " + version.get());
                Contender contender = Contender.start(peer, folder);
                running.put(peer, contender);
                load(contender, peer.title());
            }
            askAll(running, Peer.FRAMEWATCH.title());
            Contender own = running.get(Peer.FRAMEWATCH);
            if (own != null) {
                own.restart();
                awaitWarm(own);
                all.add(new Loaded(WARM, 0, 0, 0, own.residentBytes(), own.diskBytes()));
                askAll(running, WARM);
            }
        } finally {
            running.values().forEach(Contender::close);
        }
        load().print(out);
        out.println();
        questions().print(out);
    }

    private void load(Contender contender, String name) throws IOException {
        long cpuBefore = contender.cpuMs();
        long start = clock.nanoTime();
        long samples = push(contender);
        long pushNs = clock.nanoTime() - start;
        contender.settle();
        LockSupport.parkNanos(SETTLE_NS); // merges and compactions under way are part of the load
        long cpuMs = contender.cpuMs() - cpuBefore;
        all.add(
                new Loaded(
                        name,
                        samples,
                        pushNs,
                        cpuMs,
                        contender.residentBytes(),
                        contender.diskBytes()));
    }

    /// Waits until questions about the whole workload are answered from memory.
    private void awaitWarm(Contender own) throws IOException {
        Question probe = Question.warmth(endMs / 1_000, steps * Workload.STEP_MS / 1_000);
        long start = clock.nanoTime();
        while (clock.nanoTime() - start < WARM_PATIENCE_NS) {
            String answer = new String(own.ask(probe), StandardCharsets.UTF_8);
            if (answer.contains("\"answeredBy\":\"hot\"")) {
                return;
            }
            LockSupport.parkNanos(SETTLE_NS / 20);
        }
        out.println("The window was not read back in time.");
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

    /// Asks everybody, one question after the other; this program's answers count as `own`'s.
    private void askAll(Map<Peer, Contender> running, String own) {
        List<Question> questions = Question.all(endMs / 1_000);
        for (Question question : questions) {
            running.forEach((peer, contender) -> warm(contender, title(peer, own), question));
        }
        for (Question question : questions) {
            for (int round = 0; round < ASKED; round++) {
                running.forEach(
                        (peer, contender) -> ask(contender, title(peer, own), question, true));
            }
        }
    }

    private static String title(Peer peer, String own) {
        return peer == Peer.FRAMEWATCH ? own : peer.title();
    }

    /// A server of an operator has been asked before: what is compiled or opened at use is.
    private void warm(Contender contender, String name, Question question) {
        long start = clock.nanoTime();
        for (int i = 0; i < WARMING_MAX && clock.nanoTime() - start < WARMING_NS; i++) {
            ask(contender, name, question, false);
        }
    }

    private void ask(Contender contender, String name, Question question, boolean counts) {
        Asked to =
                asked.computeIfAbsent(question.what(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(name, _ -> new Asked());
        try {
            long start = clock.nanoTime();
            to.bytes = contender.ask(question).length;
            if (counts) {
                to.nanos.add(clock.nanoTime() - start);
            }
        } catch (IOException refused) {
            String text = String.valueOf(refused.getMessage());
            to.trouble = text.substring(0, Math.min(60, text.length()));
        }
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
        for (Loaded one : all) {
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
        List<String> heads = new ArrayList<>(List.of("median, ms"));
        all.forEach(one -> heads.add(one.name));
        heads.add("answer, kB");
        Table table = new Table(heads.toArray(String[]::new));
        asked.forEach((what, answers) -> {
            List<String> cells = new ArrayList<>(List.of(what));
            List<String> sizes = new ArrayList<>();
            for (Loaded one : all) {
                Asked answer = answers.getOrDefault(one.name, new Asked());
                boolean none = answer.nanos.isEmpty() || !answer.trouble.isEmpty();
                cells.add(none ? answer.trouble : number("%.1f", answer.medianMs()));
                sizes.add(number("%.0f", answer.bytes / 1e3));
            }
            cells.add(String.join(" / ", sizes));
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    @SuppressWarnings("AnnotateFormatMethod") // all patterns stand in this file
    private static String number(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}

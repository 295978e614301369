package io.framewatch.verify.bench;

import io.framewatch.verify.bench.peers.ChurnBenchmark;
import io.framewatch.verify.bench.peers.PeersBenchmark;
import io.framewatch.verify.bench.peers.PullBenchmark;
import io.framewatch.verify.bench.peers.PushBenchmark;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Entry of `./bench`: runs the benchmarks named, or all.
public final class Benchmarks {

    /// One benchmark: prints what it measured.
    interface Benchmark {

        /// Measures and prints.
        void run(PrintStream out) throws Exception;
    }

    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

    static {
        ALL.put("start", StartBenchmark::run);
        ALL.put("scrape", ScrapeBenchmark::run);
        ALL.put("append", AppendBenchmark::run);
        ALL.put("hot", HotBenchmark::run);
        ALL.put("store", StoreBenchmark::run);
        ALL.put("metrics", MetricsBenchmark::run);
        ALL.put("rules", RulesBenchmark::run);
        ALL.put("peers", PeersBenchmark::run);
        ALL.put("ui", UiBenchmark::run);
        ALL.put("push", PushBenchmark::run);
        ALL.put("pull", PullBenchmark::run);
        ALL.put("churn", ChurnBenchmark::run);
        ALL.put("forward", ForwardBenchmark::run);
        ALL.put("demo", DemoBenchmark::run);
    }

    private Benchmarks() {}

    /// Arguments: names, `--list`, or nothing for all.
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        List<String> names = args.length == 0 ? List.copyOf(ALL.keySet()) : List.of(args);
        if (names.contains("--list")) {
            ALL.keySet().forEach(out::println);
            return;
        }
        for (String name : names) {
            Benchmark benchmark = ALL.get(name);
            if (benchmark == null) {
                out.println("There is no benchmark " + name + "; ./bench --list names them.");
                continue;
            }
            out.println();
            out.println("## " + name);
            benchmark.run(out);
        }
    }
}

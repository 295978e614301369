package io.framewatch.verify.bench.peers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One question in the words of Prometheus's HTTP API.
///
/// @param what what it is, for the table
/// @param path path and query behind the API's root, such as `query?query=up&time=1`
record Question(String what, String path) {

    private static final String REQUESTS = "bench_requests_total";
    private static final String BUCKETS = "bench_latency_seconds_bucket";

    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 3_600;

    /// The questions of a dashboard about a workload that ends at `endS`, Unix seconds.
    static List<Question> all(long endS) {
        String one = REQUESTS + "{instance=\"host-7:9100\",code=\"200\",handler=\"/api/v3\"}";
        String byHost = "sum by (instance) (rate(" + REQUESTS + "[5m]))";
        String quantile =
                "histogram_quantile(0.95, sum by (le, handler) (rate(" + BUCKETS + "[5m])))";
        String quantiles = "histogram_quantile(0.95, rate(" + BUCKETS + "[5m]))";
        String errors =
                "sum(rate(" + REQUESTS + "{code=~\"5..\"}[5m])) / sum(rate(" + REQUESTS + "[5m]))";
        return List.of(
                range("one series, 5 min / 15 s", one, endS, 5 * MINUTE_S, 15),
                range(
                        "one series, rate, 6 h / 60 s",
                        "rate(" + one + "[5m])",
                        endS,
                        6 * HOUR_S,
                        60),
                range("sum by host of rate, 1 h / 15 s", byHost, endS, HOUR_S, 15),
                range("sum by host of rate, 6 h / 60 s", byHost, endS, 6 * HOUR_S, 60),
                range(
                        "top 5 hosts by rate, 1 h / 15 s",
                        "topk(5, " + byHost + ")",
                        endS,
                        HOUR_S,
                        15),
                range("quantile of summed buckets, 6 h / 60 s", quantile, endS, 6 * HOUR_S, 60),
                range(
                        "quantile of every bucket series, 6 h / 60 s",
                        quantiles,
                        endS,
                        6 * HOUR_S,
                        60),
                range("ratio of sums, 6 h / 60 s", errors, endS, 6 * HOUR_S, 60),
                instant(
                        "subquery, max of sum over 1 h",
                        "max_over_time(" + sum("5m") + "[1h:1m])",
                        endS),
                range("sum of rate, 30 d / 1 h", sum("1h"), endS, 30 * 24 * HOUR_S, HOUR_S),
                range(
                        "gauge, average over 1 h, 6 h / 60 s",
                        "avg by (queue) (avg_over_time(bench_queue_depth[1h]))",
                        endS,
                        6 * HOUR_S,
                        60),
                range(
                        "regular expression, 6 h / 60 s",
                        "sum by (code) (rate(" + REQUESTS + "{instance=~\"host-[1-3].*\"}[5m]))",
                        endS,
                        6 * HOUR_S,
                        60),
                instant(
                        "raw samples, 5 hosts, 6 h",
                        REQUESTS + "{instance=~\"host-[1-5]:9100\"}[6h]",
                        endS),
                instant("count of all series", "count({__name__=~\"bench_.+\"})", endS),
                new Question(
                        "values of a label, 6 h",
                        "label/instance/values?start=" + (endS - 6 * HOUR_S) + "&end=" + endS),
                new Question(
                        "series of a host, 6 h",
                        "series?match[]=".replace("[]", "%5B%5D")
                                + encode("{instance=\"host-7:9100\"}")
                                + "&start="
                                + (endS - 6 * HOUR_S)
                                + "&end="
                                + endS));
    }

    private static String sum(String window) {
        return "sum(rate(" + REQUESTS + "[" + window + "]))";
    }

    private static Question range(String what, String promql, long endS, long lengthS, long stepS) {
        return new Question(
                what,
                "query_range?query="
                        + encode(promql)
                        + "&start="
                        + (endS - lengthS)
                        + "&end="
                        + endS
                        + "&step="
                        + stepS);
    }

    private static Question instant(String what, String promql, long endS) {
        return new Question(what, "query?query=" + encode(promql) + "&time=" + endS);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

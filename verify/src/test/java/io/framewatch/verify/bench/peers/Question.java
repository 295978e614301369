package io.framewatch.verify.bench.peers;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    private static final long SIX_S = 6 * HOUR_S;

    /// The questions of a dashboard about a workload that ends at `endS`, Unix seconds.
    static List<Question> all(long endS) {
        List<Question> all = new ArrayList<>();
        all.addAll(rates(endS));
        all.addAll(quantilesAndRatios(endS));
        all.addAll(wide(endS));
        all.addAll(names(endS));
        return List.copyOf(all);
    }

    /// A question about the last `lengthS` seconds, and ten minutes before, whose answer tells
    /// where it was answered.
    static Question warmth(long endS, long lengthS) {
        Question whole = range("", "count(" + REQUESTS + ")", endS, lengthS + 600, 60);
        return new Question("where is it answered", whole.path() + "&stats=all");
    }

    private static List<Question> rates(long endS) {
        String one = REQUESTS + "{instance=\"host-7:9100\",code=\"200\",handler=\"/api/v3\"}";
        String byHost = "sum by (instance) (rate(" + REQUESTS + "[5m]))";
        String top = "topk(5, " + byHost + ")";
        return List.of(
                range("one series, 5 min / 15 s", one, endS, 5 * MINUTE_S, 15),
                range("rate of one series, 6 h / 60 s", "rate(" + one + "[5m])", endS, SIX_S, 60),
                range("sum by host of rate, 1 h / 15 s", byHost, endS, HOUR_S, 15),
                range("sum by host of rate, 6 h / 60 s", byHost, endS, SIX_S, 60),
                range("top 5 hosts by rate, 1 h / 15 s", top, endS, HOUR_S, 15));
    }

    private static List<Question> quantilesAndRatios(long endS) {
        String summed =
                "histogram_quantile(0.95, sum by (le, handler) (rate(" + BUCKETS + "[5m])))";
        String each = "histogram_quantile(0.95, rate(" + BUCKETS + "[5m]))";
        String errors =
                "sum(rate(" + REQUESTS + "{code=~\"5..\"}[5m])) / sum(rate(" + REQUESTS + "[5m]))";
        return List.of(
                range("quantile of summed buckets, 6 h / 60 s", summed, endS, SIX_S, 60),
                range("quantile of each bucket series, 6 h / 60 s", each, endS, SIX_S, 60),
                range("ratio of sums, 6 h / 60 s", errors, endS, SIX_S, 60));
    }

    private static List<Question> wide(long endS) {
        String subquery = "max_over_time(" + sum("5m") + "[1h:1m])";
        String average = "avg by (queue) (avg_over_time(bench_queue_depth[1h]))";
        String some = REQUESTS + "{instance=~\"host-[1-3].*\"}";
        String raw = REQUESTS + "{instance=~\"host-[1-5]:9100\"}[6h]";
        return List.of(
                instant("subquery, maximum of a sum over 1 h", subquery, endS),
                range("sum of rate, 30 d / 1 h", sum("1h"), endS, 30 * 24 * HOUR_S, HOUR_S),
                range("gauges, average over 1 h, 6 h / 60 s", average, endS, SIX_S, 60),
                range(
                        "regular expression, 6 h / 60 s",
                        "sum by (code) (rate(" + some + "[5m]))",
                        endS,
                        SIX_S,
                        60),
                instant("raw samples of 250 series, 6 h", raw, endS),
                instant("count of all series", "count({__name__=~\"bench_.+\"})", endS));
    }

    private static List<Question> names(long endS) {
        String window = "start=" + (endS - SIX_S) + "&end=" + endS;
        String host = encode("{instance=\"host-7:9100\"}");
        return List.of(
                new Question("values of a label, 6 h", "label/instance/values?" + window),
                new Question("series of a host, 6 h", "series?match%5B%5D=" + host + "&" + window));
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

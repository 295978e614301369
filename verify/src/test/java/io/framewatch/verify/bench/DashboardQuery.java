package io.framewatch.verify.bench;

import java.util.List;
import java.util.stream.Stream;

/// A question that a dashboard asks of the [Workload].
///
/// @param name for the table
/// @param expression PromQL, or a selector where `kind` asks for labels
/// @param kind what is asked
/// @param spanMs how far back from the newest sample, milliseconds
/// @param stepMs between two points, milliseconds
record DashboardQuery(String name, String expression, Kind kind, long spanMs, long stepMs) {

    enum Kind {
        INSTANT,
        RANGE,
        LABEL_VALUES,
        SERIES
    }

    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;

    private static DashboardQuery instant(String name, String expression) {
        return new DashboardQuery(name, expression, Kind.INSTANT, 0, MINUTE_MS);
    }

    private static DashboardQuery range(String name, String expression, long spanMs, long stepMs) {
        return new DashboardQuery(name, expression, Kind.RANGE, spanMs, stepMs);
    }

    /// The fourteen that `./bench metrics` asks.
    static List<DashboardQuery> all() {
        return Stream.of(rates(), quantiles(), others()).flatMap(List::stream).toList();
    }

    private static List<DashboardQuery> rates() {
        String one = "rate(frames_total{camera=\"cam-7\",stage=\"decode\"}[5m])";
        String bySite = "sum by (site) (rate(frames_total[5m]))";
        String inOut =
                "sum by (site) (rate(frames_total{stage=\"package\"}[5m])) / sum by (site)"
                        + " (rate(frames_total{stage=\"ingest\"}[5m]))";
        String regex = "sum(rate(frames_total{camera=~\"cam-1..\",stage!=\"ingest\"}[5m]))";
        return List.of(
                instant("one series, now", one),
                range("one series, 1 h / 15 s", one, HOUR_MS, 15 * SECOND_MS),
                range("one series, 6 h / 60 s", one, 6 * HOUR_MS, MINUTE_MS),
                range("sum by rate, 4,000 series, 1 h / 15 s", bySite, HOUR_MS, 15 * SECOND_MS),
                range("sum by rate, 4,000 series, 6 h / 60 s", bySite, 6 * HOUR_MS, MINUTE_MS),
                instant("topk(10, rate), 4,000 series", "topk(10, rate(frames_total[5m]))"),
                range("ratio of sums, 6 h / 60 s", inOut, 6 * HOUR_MS, MINUTE_MS),
                range("regex matcher, 6 h / 60 s", regex, 6 * HOUR_MS, MINUTE_MS));
    }

    private static List<DashboardQuery> quantiles() {
        String rate = "rate(frame_latency_seconds_bucket[5m])";
        return List.of(
                range(
                        "histogram_quantile, 4,000 series, 1 h / 60 s",
                        "histogram_quantile(0.99, sum by (le, site) (" + rate + "))",
                        HOUR_MS,
                        MINUTE_MS),
                range(
                        "histogram_quantile a camera, 1 h / 60 s",
                        "histogram_quantile(0.99, " + rate + ")",
                        HOUR_MS,
                        MINUTE_MS));
    }

    private static List<DashboardQuery> others() {
        return List.of(
                range(
                        "subquery, 1 h / 60 s",
                        "max_over_time(sum by (site) (rate(frames_total[1m]))[30m:1m])",
                        HOUR_MS,
                        MINUTE_MS),
                range(
                        "avg_over_time[1h], 1,000 series, 5 h / 5 min",
                        "avg by (site) (avg_over_time(buffer_fill_ratio[1h]))",
                        5 * HOUR_MS,
                        5 * MINUTE_MS),
                new DashboardQuery(
                        "label values", "camera", Kind.LABEL_VALUES, 6 * HOUR_MS, MINUTE_MS),
                new DashboardQuery(
                        "series, regex",
                        "{camera=~\"cam-[0-9]?[0-9]\"}",
                        Kind.SERIES,
                        6 * HOUR_MS,
                        MINUTE_MS));
    }
}

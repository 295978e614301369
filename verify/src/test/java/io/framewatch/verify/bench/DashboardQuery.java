package io.framewatch.verify.bench;

import java.util.List;

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
        String one = "{camera=\"cam-7\",stage=\"decode\"}";
        return List.of(
                instant("one series, now", "rate(frames_total" + one + "[5m])"),
                range(
                        "one series, 1 h / 15 s",
                        "rate(frames_total" + one + "[5m])",
                        HOUR_MS,
                        15 * SECOND_MS),
                range(
                        "one series, 6 h / 60 s",
                        "rate(frames_total" + one + "[5m])",
                        6 * HOUR_MS,
                        MINUTE_MS),
                range(
                        "sum by (site) (rate), 4,000 series, 1 h / 15 s",
                        "sum by (site) (rate(frames_total[5m]))",
                        HOUR_MS,
                        15 * SECOND_MS),
                range(
                        "sum by (site) (rate), 4,000 series, 6 h / 60 s",
                        "sum by (site) (rate(frames_total[5m]))",
                        6 * HOUR_MS,
                        MINUTE_MS),
                instant("topk(10, rate), 4,000 series", "topk(10, rate(frames_total[5m]))"),
                range(
                        "histogram_quantile, 4,000 series, 1 h / 60 s",
                        "histogram_quantile(0.99,"
                                + " sum by (le, site) (rate(frame_latency_seconds_bucket[5m])))",
                        HOUR_MS,
                        MINUTE_MS),
                range(
                        "histogram_quantile a camera, 1 h / 60 s",
                        "histogram_quantile(0.99, rate(frame_latency_seconds_bucket[5m]))",
                        HOUR_MS,
                        MINUTE_MS),
                range(
                        "ratio of sums, 6 h / 60 s",
                        "sum by (site) (rate(frames_total{stage=\"package\"}[5m])) / sum by (site)"
                                + " (rate(frames_total{stage=\"ingest\"}[5m]))",
                        6 * HOUR_MS,
                        MINUTE_MS),
                range(
                        "subquery, 1 h / 60 s",
                        "max_over_time(sum by (site) (rate(frames_total[1m]))[30m:1m])",
                        HOUR_MS,
                        MINUTE_MS),
                range(
                        "avg_over_time[1h], 1,000 series, 6 h / 5 min",
                        "avg by (site) (avg_over_time(buffer_fill_ratio[1h]))",
                        5 * HOUR_MS,
                        5 * MINUTE_MS),
                range(
                        "regex matcher, 6 h / 60 s",
                        "sum(rate(frames_total{camera=~\"cam-1..\",stage!=\"ingest\"}[5m]))",
                        6 * HOUR_MS,
                        MINUTE_MS),
                new DashboardQuery(
                        "label values", "camera", Kind.LABEL_VALUES, 6 * HOUR_MS, MINUTE_MS),
                new DashboardQuery(
                        "series, 400 of 10,000",
                        "{camera=~\"cam-[0-9]?[0-9]\"}",
                        Kind.SERIES,
                        6 * HOUR_MS,
                        MINUTE_MS));
    }
}

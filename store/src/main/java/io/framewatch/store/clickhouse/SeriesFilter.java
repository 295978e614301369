package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.index.SeriesIds;
import io.framewatch.store.index.SeriesIds.IdRange;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Which series are wanted.
///
/// @param tenant whose
/// @param matchers all must accept the series
/// @param range days in which the series was seen
/// @param ids ranges of ids that hold every such series; empty where nothing is known of them
/// @param patience how long each question about them may take
public record SeriesFilter(
        Tenant tenant,
        List<Matcher> matchers,
        TimeRange range,
        List<IdRange> ids,
        Duration patience) {

    /// More metrics than these are not looked up one by one.
    private static final int METRICS_MAX = 16;

    /// A filter that finds the ranges of ids itself, if a matcher names the metrics.
    public static SeriesFilter of(
            SeriesIds ids,
            Tenant tenant,
            List<Matcher> matchers,
            TimeRange range,
            Duration patience) {
        for (Matcher matcher : matchers) {
            Set<String> metrics =
                    matcher.name().equals(Labels.NAME) ? matcher.literalValues() : null;
            if (metrics != null && metrics.size() <= METRICS_MAX) {
                List<IdRange> ranges =
                        metrics.stream()
                                .sorted()
                                .map(metric -> ids.ofMetric(tenant, metric))
                                .toList();
                return new SeriesFilter(tenant, matchers, range, ranges, patience);
            }
        }
        return new SeriesFilter(tenant, matchers, range, List.of(), patience);
    }

    /// The same over another range of days.
    public SeriesFilter over(TimeRange days) {
        return new SeriesFilter(tenant, matchers, days, ids, patience);
    }

    /// Whether the ranges of ids say all that the matchers say.
    boolean namesOnly() {
        return !ids.isEmpty() && matchers.size() == 1;
    }

    /// Adds the condition that `id` lies in one of the ranges, if any are known.
    void addIdRanges(Sql sql) {
        if (!ids.isEmpty()) {
            sql.add(" AND ");
            addRanges(sql);
        }
    }

    /// As above, without the `AND` before it; some ranges must be known.
    void addRanges(Sql sql) {
        String before = "(";
        for (IdRange each : ids) {
            sql.add(before).add("id BETWEEN ").unsigned(each.from());
            sql.add(" AND ").unsigned(each.to());
            before = " OR ";
        }
        sql.add(")");
    }
}

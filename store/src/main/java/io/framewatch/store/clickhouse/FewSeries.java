package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds series where no metric is named and few meet the matchers: first by their labels, then
/// which of these few were seen on the days. To look up all series of the days, as must be done
/// where many meet the matchers, costs several times as much as all labels do, see
/// `docs/decisions/0173-series-without-a-metric.md`.
final class FewSeries {

    /// More are not few: their ids are not sent along.
    static final int SERIES_MAX = 2_000;

    private FewSeries() {}

    /// The series that `filter` wants, or null if they are to be found in the usual way.
    ///
    /// @param histograms whether it matters which have native histograms in the range
    static @Nullable FoundSeries find(
            ClickHouse clickHouse, SeriesFilter filter, boolean histograms) {
        if (!filter.ids().isEmpty() || filter.matchers().isEmpty()) {
            return null;
        }
        Map<Long, Labels> few = byLabels(clickHouse, filter);
        if (few.size() > SERIES_MAX) {
            return null;
        }
        return few.isEmpty() ? new FoundSeries() : seen(clickHouse, filter, few, histograms);
    }

    private static Map<Long, Labels> byLabels(ClickHouse clickHouse, SeriesFilter filter) {
        Sql sql = new Sql("SELECT id, " + SeriesTable.LABELS + " FROM ").add(Schema.SERIES);
        sql.add(" WHERE tenant = ").text(filter.tenant().id());
        for (Matcher matcher : filter.matchers()) {
            SeriesTable.condition(sql.add(" AND "), matcher);
        }
        sql.add(" LIMIT 1 BY id LIMIT ").unsigned(SERIES_MAX + 1L);
        Map<Long, Labels> few = new HashMap<>();
        try (Result result = clickHouse.query(sql, filter.patience())) {
            for (Block block = result.next(); block != null; block = result.next()) {
                long[] ids = block.longs(0);
                Labels[] labels = block.labels(1);
                for (int i = 0; i < block.rows(); i++) {
                    few.put(ids[i], labels[i]);
                }
            }
        }
        return few;
    }

    private static FoundSeries seen(
            ClickHouse clickHouse, SeriesFilter filter, Map<Long, Labels> few, boolean histograms) {
        long[] ids = few.keySet().stream().mapToLong(Long::longValue).toArray();
        Sql sql = new Sql("SELECT DISTINCT id");
        if (histograms) {
            sql.add(", id IN (SELECT id FROM ").add(Schema.HISTOGRAMS).add(" WHERE tenant = ");
            sql.text(filter.tenant().id()).add(" AND id IN (").unsignedList(ids).add(")");
            Times.between(sql, filter.range());
            sql.add(")");
        }
        sql.add(" FROM ").add(Schema.SERIES_DAYS).add(" WHERE tenant = ");
        sql.text(filter.tenant().id()).add(" AND ");
        Times.days(sql, filter.range());
        sql.add(" AND id IN (").unsignedList(ids).add(")");
        FoundSeries found = new FoundSeries();
        try (Result result = clickHouse.query(sql, filter.patience())) {
            for (Block block = result.next(); block != null; block = result.next()) {
                long[] seen = block.longs(0);
                long[] flags = histograms ? block.longs(1) : new long[block.rows()];
                for (int i = 0; i < block.rows(); i++) {
                    Labels labels = few.get(seen[i]);
                    if (labels != null) {
                        found.add(seen[i], labels, flags[i] != 0);
                    }
                }
            }
        }
        return found;
    }
}

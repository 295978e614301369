package io.framewatch.store.clickhouse;

import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import java.util.List;

/// Which series of a tenant to read: by their ids when they are few, by their matchers again when
/// they are many.
///
/// @param tenant whose
/// @param matchers all must accept the series
/// @param range days in which the series was seen
/// @param ids the ids found
public record SeriesSelection(Tenant tenant, List<Matcher> matchers, TimeRange range, long[] ids) {

    /// More ids than these are not sent along.
    private static final int IDS_MAX = 2_000;

    /// Adds the condition that `id` is one of them.
    void addIds(Sql sql) {
        if (ids.length <= IDS_MAX) {
            sql.add("id IN (").unsignedList(ids).add(")");
        } else {
            sql.add("id IN (SELECT id FROM ").add(Schema.SERIES).add(" WHERE ");
            SeriesTable.conditions(sql, tenant, matchers, range);
            sql.add(")");
        }
    }
}

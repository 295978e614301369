package io.framewatch.store.clickhouse;

import io.framewatch.model.Tenant;

/// Which series of a tenant to read: by their ids when they are few, by their matchers again when
/// they are many; by ranges of ids where the reader can tell what is not meant.
///
/// @param filter what the series were found by
/// @param ids the ids found
/// @param exact whether no other series must be read; else some may be whose ids lie among them
public record SeriesSelection(SeriesFilter filter, long[] ids, boolean exact) {

    /// These series and no others.
    public SeriesSelection(SeriesFilter filter, long[] ids) {
        this(filter, ids, true);
    }

    /// More ids than these are not sent along.
    private static final int IDS_MAX = 2_000;

    /// Up to so many series are read by one thread: more cost more than they win.
    private static final int FEW = 64;

    /// Whose series.
    Tenant tenant() {
        return filter.tenant();
    }

    /// Adds the condition that `id` is one of them.
    void addIds(Sql sql) {
        if (!exact && ids.length > FEW && filter.namesOnly()) {
            filter.addRanges(sql); // to compare ids with a set costs more than all else
        } else if (ids.length <= IDS_MAX) {
            sql.add("id IN (").unsignedList(ids).add(")");
        } else {
            sql.add("id IN (SELECT id FROM ").add(Schema.SERIES).add(" WHERE ");
            SeriesTable.conditions(sql, filter);
            sql.add(")");
            filter.addIdRanges(sql);
        }
    }

    /// Runs `sql`, which reads them, with these settings of the engine.
    Result read(ClickHouse clickHouse, Sql sql, String settings) {
        String threads = ids.length <= FEW ? "max_threads = 1" : "";
        if (!threads.isEmpty() || !settings.isEmpty()) {
            sql.add(" SETTINGS ").add(threads);
            sql.add(threads.isEmpty() || settings.isEmpty() ? "" : ", ").add(settings);
        }
        return clickHouse.query(sql, filter.patience());
    }
}

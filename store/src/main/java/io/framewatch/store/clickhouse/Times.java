package io.framewatch.store.clickhouse;

import io.framewatch.model.SampleBatch;
import io.framewatch.model.TimeRange;
import io.framewatch.store.TimeWindows;

/// The times that the tables can hold, and conditions on them.
public final class Times {

    /// First millisecond that can be stored: 1970-01-01.
    public static final long MIN_MS = 0;

    /// Last millisecond that can be stored, in 2106: the retention clause computes in seconds of 32
    /// bits.
    public static final long MAX_MS = 4_294_967_295_000L;

    /// The column `start` of a sample whose start is unknown.
    static final long NO_START = 0;

    private Times() {}

    /// The column `start` of a sample with this start.
    static long startMs(long known) {
        return known == SampleBatch.NO_START ? NO_START : known;
    }

    /// The start of a sample with this column `start`.
    static long start(long stored) {
        return stored == NO_START ? SampleBatch.NO_START : stored;
    }

    /// Adds the condition that `ts` lies in `range`.
    static void between(Sql sql, TimeRange range) {
        sql.add(" AND ts >= fromUnixTimestamp64Milli(").number(clamp(range.fromMs()));
        sql.add(", 'UTC') AND ts <= fromUnixTimestamp64Milli(").number(clamp(range.toMs()));
        sql.add(", 'UTC')");
    }

    /// Adds the condition that `time`, a column or an element, lies in one of `windows`.
    static void within(Sql sql, String time, TimeWindows windows) {
        TimeRange range = windows.range();
        sql.add(" AND ").add(time).add(" >= fromUnixTimestamp64Milli(");
        sql.number(clamp(range.fromMs())).add(", 'UTC') AND ").add(time);
        sql.add(" <= fromUnixTimestamp64Milli(").number(clamp(range.toMs())).add(", 'UTC')");
        if (windows.haveGaps()) {
            sql.add(" AND ");
            backwards(sql, time, windows).add(" % ").number(windows.stepMs());
            sql.add(" < ").number(windows.windowMs());
        }
    }

    /// Adds the condition that a block of samples, from `ts` to `last` of one day, may hold some in
    /// one of `windows`.
    static void overlapping(Sql sql, TimeWindows windows) {
        long fromMs = clamp(windows.range().fromMs());
        // The day is what parts are left out by, and the first column of time in the key.
        sql.add(" AND ts >= fromUnixTimestamp64Milli(").number(fromMs - fromMs % Inserts.DAY_MS);
        sql.add(", 'UTC') AND ts <= fromUnixTimestamp64Milli(");
        sql.number(clamp(windows.range().toMs()));
        sql.add(", 'UTC') AND last >= fromUnixTimestamp64Milli(").number(fromMs);
        sql.add(", 'UTC')");
        if (windows.haveGaps()) {
            // Counted backwards from the end of the last window, a block reaches from that of its
            // last sample to that of its first.
            sql.add(" AND (last > fromUnixTimestamp64Milli(").number(windows.range().toMs());
            sql.add(", 'UTC') OR ");
            backwards(sql, "last", windows).add(" % ").number(windows.stepMs());
            sql.add(" < ").number(windows.windowMs()).add(" OR intDiv(");
            backwards(sql, "ts", windows).add(", ").number(windows.stepMs()).add(") > intDiv(");
            backwards(sql, "last", windows).add(", ").number(windows.stepMs()).add("))");
        }
    }

    private static Sql backwards(Sql sql, String time, TimeWindows windows) {
        sql.add("(").number(windows.range().toMs());
        return sql.add(" - toUnixTimestamp64Milli(").add(time).add("))");
    }

    /// Adds the condition that `day` overlaps `range`.
    static void days(Sql sql, TimeRange range) {
        // Of a plain number toDate would think as days where it is small, as seconds else.
        sql.add("day >= toDate(fromUnixTimestamp64Milli(").number(clamp(range.fromMs()));
        sql.add(", 'UTC')) AND day <= toDate(fromUnixTimestamp64Milli(")
                .number(clamp(range.toMs()));
        sql.add(", 'UTC'))");
    }

    /// Adds the condition that `ts`, in nanoseconds, lies from `fromNs` (inclusive) to `toNs`
    /// (exclusive).
    static void betweenNs(Sql sql, long fromNs, long toNs) {
        sql.add(" AND ts >= fromUnixTimestamp64Nano(").number(fromNs);
        sql.add(", 'UTC') AND ts < fromUnixTimestamp64Nano(").number(toNs);
        sql.add(", 'UTC')");
    }

    /// `ns`, or the nearest nanosecond that can be stored.
    public static long clampNs(long ns) {
        return Math.clamp(ns, MIN_MS * 1_000_000L, MAX_MS * 1_000_000L);
    }

    private static long clamp(long ms) {
        return Math.clamp(ms, MIN_MS, MAX_MS);
    }
}

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

    /// Adds the condition that `ts` lies in one of `windows`.
    static void within(Sql sql, TimeWindows windows) {
        between(sql, windows.range());
        if (windows.haveGaps()) {
            sql.add(" AND (").number(windows.range().toMs());
            sql.add(" - toUnixTimestamp64Milli(ts)) % ").number(windows.stepMs());
            sql.add(" < ").number(windows.windowMs());
        }
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

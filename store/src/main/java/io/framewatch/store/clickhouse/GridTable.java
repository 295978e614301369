package io.framewatch.store.clickhouse;

import io.framewatch.store.GridFunction;
import io.framewatch.store.GridQuery;
import java.math.BigDecimal;
import java.util.Arrays;

/// Computes grids over samples inside the engine, with its `timeSeries...ToGrid` functions: their
/// windows are open on the left, as PromQL's are, and they extrapolate as Prometheus 3 does.
public final class GridTable {

    private static final String SETTINGS = "allow_experimental_time_series_aggregate_functions = 1";

    private static final String NOT_STALE = " AND kind != " + SampleBlocks.STALE;

    private GridTable() {}

    /// What a reader of grids is given.
    public interface Sink {

        /// The series `id`: a value a step, [StaleNaN] where there is none.
        ///
        /// @param samples read for it
        /// @param odd in how many blocks around them values are infinite or not a number, or have a
        ///   start that counts; the values are then not to be relied on
        void row(long id, double[] values, long samples, long odd);
    }

    private static String name(GridFunction function) {
        return switch (function) {
            case LAST, LAST_OVER_TIME -> "timeSeriesLastToGrid";
            case RATE -> "timeSeriesRateToGrid";
            case INCREASE -> "timeSeriesIncreaseToGrid";
            case DELTA -> "timeSeriesDeltaToGrid";
            case IRATE -> "timeSeriesInstantRateToGrid";
            case IDELTA -> "timeSeriesInstantDeltaToGrid";
            case CHANGES -> "timeSeriesChangesToGrid";
            case RESETS -> "timeSeriesResetsToGrid";
        };
    }

    /// Hands the grid of each series selected to `sink`, in no particular order.
    ///
    /// @param starts whether starts count, of which the engine knows nothing
    public static void read(
            ClickHouse clickHouse,
            SeriesSelection series,
            GridQuery query,
            boolean starts,
            Sink sink) {
        boolean last = query.function() == GridFunction.LAST;
        boolean picks = last || query.function() == GridFunction.LAST_OVER_TIME;
        Sql sql = new Sql("SELECT id, ").add(name(query.function())).add("(");
        time(sql, query.startMs()).add(", ");
        time(sql, query.endMs()).add(", ");
        seconds(sql, query.stepMs()).add(", ");
        seconds(sql, query.windowMs()).add(")(times, values), sum(arrayCount(t -> true");
        Times.within(sql, "t", query.windows());
        sql.add(", times)), ");
        String odd =
                "countIf(kind = " + SampleBlocks.ODD + (starts ? " OR notEmpty(starts))" : ")");
        sql.add(picks ? "toUInt64(0)" : odd);
        sql.add(" FROM ").add(Schema.SAMPLES).add(" WHERE tenant = ");
        sql.text(series.tenant().id()).add(" AND ");
        series.addIds(sql);
        Times.overlapping(sql, query.windows());
        sql.add(last ? "" : NOT_STALE).add(" GROUP BY id");
        try (Result result = series.read(clickHouse, sql, SETTINGS)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    sink.row(
                            block.longs(0)[i],
                            block.doubleList(1, i),
                            block.longs(2)[i],
                            block.longs(3)[i]);
                }
            }
        }
    }

    /// How many samples the window of each step holds, of all series selected together; stale
    /// markers are none. They are counted in portions of time of which steps and windows are
    /// multiples.
    public static long[] count(ClickHouse clickHouse, SeriesSelection series, GridQuery query) {
        long portionMs = gcd(query.stepMs(), query.windowMs());
        Sql sql = new Sql("SELECT intDiv(toUnixTimestamp64Milli(t) - ");
        sql.number(query.range().fromMs()).add(", ").number(portionMs);
        sql.add(") AS portion, count() FROM (SELECT arrayJoin(times) AS t FROM ");
        sql.add(Schema.SAMPLES).add(" WHERE tenant = ").text(series.tenant().id()).add(" AND ");
        series.addIds(sql);
        Times.overlapping(sql, query.windows());
        sql.add(NOT_STALE).add(") WHERE true");
        Times.within(sql, "t", query.windows());
        sql.add(" GROUP BY portion");
        Windows windows = new Windows(query, portionMs);
        try (Result result = series.read(clickHouse, sql, "")) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int i = 0; i < block.rows(); i++) {
                    windows.add(block.longs(0)[i], block.longs(1)[i]);
                }
            }
        }
        return windows.counts();
    }

    /// Sums of portions, window by window: of a portion only at which steps it comes and goes is
    /// kept, however many there are.
    private static final class Windows {

        private final long stepPortions;
        private final long windowPortions;
        private final long[] changes;

        Windows(GridQuery query, long portionMs) {
            stepPortions = Math.max(1, query.stepMs() / portionMs);
            windowPortions = query.windowMs() / portionMs;
            changes = new long[query.steps() + 1];
        }

        void add(long portion, long samples) {
            long first = Math.floorDiv(portion - windowPortions, stepPortions) + 1;
            long after = Math.floorDiv(portion, stepPortions) + 1;
            int from = (int) Math.max(0, first);
            int to = (int) Math.min(changes.length - 1, after);
            if (from < to) {
                changes[from] += samples;
                changes[to] -= samples;
            }
        }

        long[] counts() {
            Arrays.parallelPrefix(changes, Long::sum);
            return Arrays.copyOf(changes, changes.length - 1);
        }
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static Sql time(Sql sql, long ms) {
        return sql.add("fromUnixTimestamp64Milli(").number(ms).add(", 'UTC')");
    }

    private static Sql seconds(Sql sql, long ms) {
        return sql.add("toDecimal64(").text(BigDecimal.valueOf(ms, 3).toPlainString()).add(", 3)");
    }
}

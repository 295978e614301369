package io.framewatch.store.clickhouse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the tables take on the disk.
public final class DiskUsage {

    private static final List<String> BY_DAY =
            List.of(Schema.SAMPLES, Schema.HISTOGRAMS, Schema.EXEMPLARS, Schema.LOGS, Schema.SPANS);

    private static final List<String> SIGNALS = List.of("metrics", "logs", "traces");

    private DiskUsage() {}

    /// Bytes of the parts in use of all tables, on all volumes.
    public static long bytes(ClickHouse clickHouse) {
        return bytes(clickHouse, "active");
    }

    /// Bytes of parts that were merged or dropped and go within minutes.
    public static long endingBytes(ClickHouse clickHouse) {
        return bytes(clickHouse, "NOT active");
    }

    private static long bytes(ClickHouse clickHouse, String condition) {
        Sql sql =
                new Sql("SELECT toInt64(sum(bytes_on_disk)) FROM system.parts WHERE ")
                        .add(condition)
                        .add(" AND database = ")
                        .text(Schema.DATABASE);
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            return block == null ? 0 : block.longs(0)[0];
        }
    }

    /// Bytes by signal: `metrics`, `logs` and `traces`, those that take any.
    public static Map<String, Long> bySignal(ClickHouse clickHouse) {
        Sql sql = new Sql("SELECT toUInt64(multiIf(concat(database, '.', table) IN (");
        sql.text(Schema.LOGS).add(", ").text(Schema.STREAMS);
        sql.add("), 1, concat(database, '.', table) IN (");
        sql.text(Schema.SPANS).add(", ").text(Schema.OPERATIONS);
        sql.add("), 2, 0)), toInt64(sum(bytes_on_disk)) FROM system.parts");
        sql.add(" WHERE active AND database = ").text(Schema.DATABASE).add(" GROUP BY 1");
        Map<String, Long> signals = new TreeMap<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int row = 0; row < block.rows(); row++) {
                    signals.put(SIGNALS.get((int) block.longs(0)[row]), block.longs(1)[row]);
                }
            }
        }
        return signals;
    }

    /// Bytes by day, oldest first; a day is written as `20270131`. Of the tables by day only: the
    /// others tell what there is, and are small.
    public static Map<Long, Long> byDay(ClickHouse clickHouse) {
        Sql sql = new Sql("SELECT toUInt64(partition_id), toInt64(sum(bytes_on_disk))");
        sql.add(" FROM system.parts WHERE active AND database = ").text(Schema.DATABASE);
        sql.add(" AND length(partition_id) = 8 GROUP BY 1");
        Map<Long, Long> days = new TreeMap<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int row = 0; row < block.rows(); row++) {
                    days.put(block.longs(0)[row], block.longs(1)[row]);
                }
            }
        }
        return days;
    }

    /// Deletes everything of `day`, written as `20270131`.
    public static void drop(ClickHouse clickHouse, long day) {
        for (String table : BY_DAY) {
            clickHouse.execute("ALTER TABLE %s DROP PARTITION ID '%d'".formatted(table, day));
        }
    }
}

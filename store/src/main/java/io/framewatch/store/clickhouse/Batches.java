package io.framewatch.store.clickhouse;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Which numbered inserts the engine has.
public final class Batches {

    private Batches() {}

    /// Numbers from `first` to `last` of which `table` has rows.
    public static Set<Long> present(ClickHouse clickHouse, String table, long first, long last) {
        if (!Inserts.tables().contains(table)) {
            throw new IllegalArgumentException("no table " + table);
        }
        Sql sql =
                new Sql("SELECT DISTINCT toUInt64(batch) FROM " + table + " WHERE batch >= ")
                        .unsigned(first)
                        .add(" AND batch <= ")
                        .unsigned(last);
        Set<Long> present = new HashSet<>();
        try (Result result = clickHouse.query(sql)) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (long batch : block.longs(0)) {
                    present.add(batch);
                }
            }
        }
        return present;
    }

    /// The highest number there is, 0 if there is none.
    public static long newest(ClickHouse clickHouse) {
        String each =
                Inserts.tables().stream()
                        .map(table -> "SELECT max(batch) AS b FROM " + table)
                        .collect(Collectors.joining(" UNION ALL "));
        try (Result result =
                clickHouse.query(new Sql("SELECT toUInt64(max(b)) FROM (" + each + ")"))) {
            Block block = result.next();
            return block == null ? 0 : block.longs(0)[0];
        }
    }
}

package io.framewatch.store.clickhouse;

/// What the tables take on the disk.
public final class DiskUsage {

    private DiskUsage() {}

    /// Bytes of the parts in use of all tables, on all volumes.
    public static long bytes(ClickHouse clickHouse) {
        Sql sql =
                new Sql("SELECT toInt64(sum(bytes_on_disk)) FROM system.parts WHERE active")
                        .add(" AND database = ")
                        .text(Schema.DATABASE);
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            return block == null ? 0 : block.longs(0)[0];
        }
    }
}

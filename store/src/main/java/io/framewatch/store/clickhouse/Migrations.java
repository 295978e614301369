package io.framewatch.store.clickhouse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a database up to the newest schema, forwards only. Each step may be run again after a
/// crash half way: its statements say IF NOT EXISTS.
public final class Migrations {

    private final ClickHouse clickHouse;
    private final List<Schema.Migration> migrations;

    /// Migrations of one engine.
    public Migrations(ClickHouse clickHouse, Retention retention) {
        this(clickHouse, Schema.migrations(new Table.Place.Single(), retention));
    }

    Migrations(ClickHouse clickHouse, List<Schema.Migration> migrations) {
        this.clickHouse = clickHouse;
        this.migrations = migrations;
    }

    /// Runs what has not been run. Throws `schema_newer` if a newer version of the program has
    /// written the database.
    public void run() {
        clickHouse.execute("CREATE DATABASE IF NOT EXISTS " + Schema.DATABASE);
        clickHouse.execute(
                "CREATE TABLE IF NOT EXISTS "
                        + Schema.MIGRATIONS
                        + " (number UInt32, name String, at DateTime DEFAULT now())"
                        + " ENGINE = MergeTree ORDER BY number SETTINGS storage_policy = 'tiered',"
                        + " fsync_after_insert = 1, fsync_part_directory = 1");
        long done = newest();
        if (done > migrations.size()) {
            throw new FaultException(
                    Fault.operator(
                            "schema_newer",
                            "The database has schema "
                                    + done
                                    + "; this version knows schemas up to "
                                    + migrations.size()
                                    + ".",
                            "Install the newer version again."));
        }
        for (Schema.Migration migration : migrations) {
            if (migration.number() > done) {
                migration.statements().forEach(clickHouse::execute);
                record(migration);
            }
        }
    }

    private void record(Schema.Migration migration) {
        NativeColumn.Fixed number = new NativeColumn.Fixed("number", "UInt32");
        number.addInt(migration.number());
        NativeColumn.Text name = new NativeColumn.Text("name");
        name.add(migration.name());
        clickHouse.insert(
                Schema.MIGRATIONS,
                new NativeBlock(1, List.of(number, name)),
                "migration-" + migration.number());
    }

    /// Number of the newest migration that was run, 0 if none.
    public long newest() {
        try (Result result =
                clickHouse.query(
                        new Sql("SELECT toInt64(max(number)) FROM " + Schema.MIGRATIONS))) {
            @Nullable Block block = result.next();
            return block == null ? 0 : block.longs(0)[0];
        }
    }
}

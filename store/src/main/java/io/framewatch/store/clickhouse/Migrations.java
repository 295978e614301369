package io.framewatch.store.clickhouse;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings a database up to the newest schema, forwards only. Each step may be run again after a
/// crash half way: its statements say IF NOT EXISTS.
public final class Migrations {

    /// Longest that a statement may take: one may have to write all samples anew.
    private static final Duration STEP_MAX = Duration.ofHours(12);

    private final ClickHouse clickHouse;
    private final Retention retention;
    private final Function<Table.Place, List<Schema.Migration>> steps;

    /// Migrations of one engine.
    public Migrations(ClickHouse clickHouse, Retention retention) {
        this(clickHouse, retention, place -> Schema.migrations(place, retention));
    }

    Migrations(
            ClickHouse clickHouse,
            Retention retention,
            Function<Table.Place, List<Schema.Migration>> steps) {
        this.clickHouse = clickHouse;
        this.retention = retention;
        this.steps = steps;
    }

    /// Runs what has not been run, and has every table keep its rows as long as it should. Throws
    /// `schema_newer` if a newer version of the program has written the database.
    public void run() {
        Table.Place.Single place = new Table.Place.Single(isTiered());
        List<Schema.Migration> migrations = steps.apply(place);
        clickHouse.execute("CREATE DATABASE IF NOT EXISTS " + Schema.DATABASE);
        clickHouse.execute(
                "CREATE TABLE IF NOT EXISTS "
                        + Schema.MIGRATIONS
                        + " (number UInt32, name String, at DateTime DEFAULT now())"
                        + " ENGINE = MergeTree ORDER BY number SETTINGS "
                        + (place.tiered() ? Table.POLICY : "")
                        + "fsync_after_insert = 1, fsync_part_directory = 1");
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
                migration
                        .statements()
                        .forEach(statement -> clickHouse.execute(statement, STEP_MAX));
                record(migration);
            }
        }
        retain(place);
    }

    /// Whether the engine has the storage policy of two volumes; servers of other people may not.
    private boolean isTiered() {
        Sql sql = new Sql("SELECT toInt64(count()) FROM system.storage_policies");
        sql.add(" WHERE policy_name = ").text("tiered");
        try (Result result = clickHouse.query(sql)) {
            Block block = result.next();
            return block != null && block.longs(0)[0] > 0;
        }
    }

    /// The retention may have been configured anew since a table was made.
    private void retain(Table.Place.Single place) {
        Map<String, Retention> present = new HashMap<>();
        Sql sql = new Sql("SELECT name, engine_full FROM system.tables WHERE database = ");
        try (Result result = clickHouse.query(sql.text(Schema.DATABASE))) {
            for (Block block = result.next(); block != null; block = result.next()) {
                for (int row = 0; row < block.rows(); row++) {
                    String name = Schema.DATABASE + "." + block.texts(0)[row];
                    present.put(name, Retention.of(block.texts(1)[row]));
                }
            }
        }
        Retention wanted = retention.on(place.tiered());
        for (Table table : Schema.ending()) {
            Retention now = present.get(table.name());
            if (now != null && !now.equals(wanted)) {
                String ttl = wanted.list(String.valueOf(table.time()));
                String change = ttl.isEmpty() ? "REMOVE TTL" : "MODIFY TTL " + ttl;
                table.alter(place, change).forEach(clickHouse::execute);
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

package io.framewatch.store.clickhouse;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The description of one table, from which its DDL is made.
///
/// @param name with the database
/// @param columns name, type and codec of each, and indexes
/// @param replacing whether the newest of rows with equal keys is kept in the end
/// @param key sort key; the tenant comes first in every table
/// @param partition what a part of the table's data is dropped and moved by
/// @param time expression of type DateTime that retention goes by, or null if rows are kept for
///   ever
/// @param settings further settings, each with a comma and a space behind it
record Table(
        String name,
        List<String> columns,
        boolean replacing,
        String key,
        String partition,
        @Nullable String time,
        String settings) {

    /// A table with the usual settings.
    Table(
            String name,
            List<String> columns,
            boolean replacing,
            String key,
            String partition,
            @Nullable String time) {
        this(name, columns, replacing, key, partition, time, "");
    }

    /// The setting that puts a table on both volumes.
    static final String POLICY = "storage_policy = 'tiered', ";

    /// Where a table lives.
    sealed interface Place {

        /// One engine, embedded or a single server.
        ///
        /// @param tiered whether it has the storage policy `tiered`, as the embedded one always has
        record Single(boolean tiered) implements Place {}

        /// A cluster whose nodes hold shards and replicas.
        record Cluster(String name) implements Place {}
    }

    /// The statements that create it, in order. On a cluster the rows lie in `NAME_local` and the
    /// table itself spreads them.
    List<String> ddl(Place place, Retention retention) {
        return switch (place) {
            case Place.Single(boolean tiered) ->
                    List.of(create(name, "", engine("", ""), retention, tiered));
            case Place.Cluster(String cluster) -> {
                String local = name + "_local";
                String on = " ON CLUSTER '" + cluster + "'";
                String path = "'/clickhouse/tables/{shard}/" + name + "', '{replica}'";
                String spread =
                        "CREATE TABLE IF NOT EXISTS %s%s AS %s ENGINE = Distributed('%s', %s, %s)"
                                .formatted(
                                        name,
                                        on,
                                        local,
                                        cluster,
                                        local.replace(".", ", "),
                                        "cityHash64(tenant)");
                yield List.of(
                        create(local, on, engine("Replicated", path), retention, true), spread);
            }
        };
    }

    /// The statements that change it, in order, where it lives.
    List<String> alter(Place place, String change) {
        return switch (place) {
            case Place.Single _ -> List.of("ALTER TABLE " + name + " " + change);
            case Place.Cluster(String cluster) -> {
                String on = " ON CLUSTER '" + cluster + "' ";
                yield List.of(
                        "ALTER TABLE " + name + "_local" + on + change,
                        "ALTER TABLE " + name + on + change);
            }
        };
    }

    /// The statements that take all rows out of it.
    List<String> empty(Place place) {
        return switch (place) {
            case Place.Single _ -> List.of("TRUNCATE TABLE " + name);
            case Place.Cluster(String cluster) ->
                    List.of("TRUNCATE TABLE " + name + "_local ON CLUSTER '" + cluster + "'");
        };
    }

    /// The statements that remove it, if it is there.
    List<String> drop(Place place) {
        return switch (place) {
            case Place.Single _ -> List.of("DROP TABLE IF EXISTS " + name);
            case Place.Cluster(String cluster) ->
                    Stream.of(name, name + "_local")
                            .map(one ->
                                    "DROP TABLE IF EXISTS %s ON CLUSTER '%s'"
                                            .formatted(one, cluster))
                            .toList();
        };
    }

    private String engine(String prefix, String arguments) {
        return prefix + (replacing ? "ReplacingMergeTree(" : "MergeTree(") + arguments + ")";
    }

    private String create(
            String as, String on, String engine, Retention retention, boolean tiered) {
        return """
        CREATE TABLE IF NOT EXISTS %s%s (
            %s
        ) ENGINE = %s
        PARTITION BY %s
        ORDER BY %s%s
        SETTINGS %s%sfsync_after_insert = 1, fsync_part_directory = 1\
        """
                .formatted(
                        as,
                        on,
                        String.join(",\n    ", columns),
                        engine,
                        partition,
                        key,
                        time == null ? "" : retention.clause(time, tiered),
                        tiered ? POLICY : "",
                        settings);
    }
}

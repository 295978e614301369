package io.framewatch.store.clickhouse;

import io.framewatch.model.StaleNaN;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The tables, by the migration that made them. A migration that has shipped is never changed: a
/// new one follows it.
///
/// Every table begins its sort key with the tenant, lies on the storage policy `tiered`, and
/// carries `batch`, the number of the flush that wrote a row, by which a flush is made exactly
/// once.
final class Schema {

    static final String DATABASE = "framewatch";
    static final String MIGRATIONS = DATABASE + ".migrations";
    static final String SERIES = DATABASE + ".series";
    static final String SERIES_DAYS = DATABASE + ".series_days";
    static final String SAMPLES = DATABASE + ".sample_blocks";

    /// Where samples lay a row each, up to migration 3.
    private static final String SAMPLE_ROWS = DATABASE + ".samples";

    static final String HISTOGRAMS = DATABASE + ".histograms";
    static final String EXEMPLARS = DATABASE + ".exemplars";
    static final String METADATA = DATABASE + ".metadata";
    static final String LOGS = DATABASE + ".logs";
    static final String SPANS = DATABASE + ".spans";
    static final String STREAMS = DATABASE + ".streams";
    static final String OPERATIONS = DATABASE + ".operations";

    private static final String TENANT = "tenant LowCardinality(String)";
    private static final String BATCH = "batch UInt32 CODEC(DoubleDelta, ZSTD(1))";
    private static final String MAP = "Map(LowCardinality(String), String) CODEC(ZSTD(3))";
    private static final String TS_MS = "ts DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))";
    private static final String TS_NS = "ts DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1))";

    private Schema() {}

    /// Number and statements of a migration.
    record Migration(int number, String name, List<String> statements) {}

    /// All migrations, in order, numbered from 1 without gaps.
    static List<Migration> migrations(Table.Place place, Retention retention) {
        List<String> statements = new ArrayList<>();
        for (Table table : TABLES_1) {
            statements.addAll(table.ddl(place, retention));
        }
        return List.of(
                new Migration(1, "the first tables", statements),
                new Migration(2, "streams and operations by day", second(place, retention)),
                new Migration(3, "samples in blocks", blocks(place, retention)),
                new Migration(4, "no samples in rows", SAMPLE_ROWS_TABLE.drop(place)));
    }

    /// The rows there are become blocks of a flush and an hour. Emptied first, should this step
    /// have been broken off; nobody writes before it is through.
    private static List<String> blocks(Table.Place place, Retention retention) {
        List<String> statements = new ArrayList<>(SAMPLES_TABLE.ddl(place, retention));
        statements.addAll(SAMPLES_TABLE.empty(place));
        statements.add(
                """
                INSERT INTO %s (tenant, id, ts, last, times, values, starts, kind, batch)
                SELECT tenant, id, min(ts), max(ts), groupArray(ts), groupArray(value),
                    if(max(start) = toDateTime64(0, 3, 'UTC'), [], groupArray(start)),
                    multiIf(stale, %d, countIf(NOT isFinite(value)) > 0, %d, %d), batch
                FROM %s
                GROUP BY tenant, id, toStartOfHour(ts) AS hour, batch,
                    reinterpretAsUInt64(value) = %s AS stale
                SETTINGS max_threads = 1, max_partitions_per_insert_block = 0,
                    optimize_aggregation_in_order = 1\
                """
                        .formatted(
                                SAMPLES,
                                SampleBlocks.STALE,
                                SampleBlocks.ODD,
                                SampleBlocks.FINITE,
                                SAMPLE_ROWS,
                                Long.toUnsignedString(StaleNaN.BITS)));
        return statements;
    }

    /// Nothing wrote log lines or spans before this migration, so the labels of a line can move to
    /// its stream without being copied.
    private static List<String> second(Table.Place place, Retention retention) {
        List<String> statements = new ArrayList<>();
        statements.addAll(STREAMS_TABLE.ddl(place, retention));
        statements.addAll(OPERATIONS_TABLE.ddl(place, retention));
        statements.addAll(LOGS_TABLE.alter(place, "DROP COLUMN IF EXISTS labels"));
        statements.addAll(
                LOGS_TABLE.alter(
                        place, "ADD COLUMN IF NOT EXISTS arrival UInt32 CODEC(Delta(4), ZSTD(1))"));
        for (String types : List.of("attribute_types", "resource_types")) {
            statements.addAll(
                    SPANS_TABLE.alter(
                            place, "ADD COLUMN IF NOT EXISTS " + types + " String CODEC(ZSTD(1))"));
        }
        return statements;
    }

    private static final Table SERIES_TABLE =
            new Table(
                    SERIES,
                    List.of(
                            TENANT,
                            "id UInt64 CODEC(ZSTD(1))",
                            "salt UInt8",
                            "labels " + MAP,
                            BATCH),
                    true,
                    "(tenant, id)",
                    "tuple()",
                    null);

    private static final Table SERIES_DAYS_TABLE =
            new Table(
                    SERIES_DAYS,
                    List.of(TENANT, "day Date", "id UInt64 CODEC(ZSTD(1))", BATCH),
                    true,
                    "(tenant, day, id)",
                    "toYYYYMM(day)",
                    "toDateTime(day)");

    /// Of migration 3. A row holds samples of one series and one day: `ts` is the time of the
    /// first, `last` that of the last, `times`, which ascend, and `values` have one element for
    /// each. `starts` is when the counter began, 0 if unknown, for each sample, or empty if unknown
    /// for all. `kind` is as in [SampleBlocks].
    private static final Table SAMPLES_TABLE =
            new Table(
                    SAMPLES,
                    List.of(
                            TENANT,
                            "id UInt64 CODEC(ZSTD(1))",
                            TS_MS,
                            "last DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))",
                            "times Array(DateTime64(3, 'UTC')) CODEC(Delta(8), ZSTD(1))",
                            "values Array(Float64) CODEC(ZSTD(1))",
                            "starts Array(DateTime64(3, 'UTC')) CODEC(Delta(8), ZSTD(1))",
                            "kind UInt8 CODEC(ZSTD(1))",
                            BATCH),
                    false,
                    "(tenant, id, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(last)",
                    "index_granularity = 1024, index_granularity_bytes = 131072, ");

    /// Up to migration 3. `start` is when a counter began, 0 if unknown.
    private static final Table SAMPLE_ROWS_TABLE =
            new Table(
                    SAMPLE_ROWS,
                    List.of(
                            TENANT,
                            "id UInt64 CODEC(ZSTD(1))",
                            TS_MS,
                            "value Float64 CODEC(Gorilla, ZSTD(3))",
                            "start DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))",
                            BATCH),
                    false,
                    "(tenant, id, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(ts)");

    private static final Table HISTOGRAMS_TABLE =
            new Table(
                    HISTOGRAMS,
                    List.of(
                            TENANT,
                            "id UInt64 CODEC(ZSTD(1))",
                            TS_MS,
                            "hint UInt8",
                            "schema Int32",
                            "zero_threshold Float64 CODEC(ZSTD(1))",
                            "zero_count Float64 CODEC(Gorilla, ZSTD(3))",
                            "count Float64 CODEC(Gorilla, ZSTD(3))",
                            "sum Float64 CODEC(Gorilla, ZSTD(3))",
                            "positive_spans Array(Int32) CODEC(ZSTD(1))",
                            "positive_buckets Array(Float64) CODEC(ZSTD(3))",
                            "negative_spans Array(Int32) CODEC(ZSTD(1))",
                            "negative_buckets Array(Float64) CODEC(ZSTD(3))",
                            "custom_values Array(Float64) CODEC(ZSTD(3))",
                            "start DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1))",
                            BATCH),
                    false,
                    "(tenant, id, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(ts)");

    private static final Table EXEMPLARS_TABLE =
            new Table(
                    EXEMPLARS,
                    List.of(TENANT, "id UInt64", TS_MS, "value Float64", "labels " + MAP, BATCH),
                    false,
                    "(tenant, id, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(ts)");

    private static final Table METADATA_TABLE =
            new Table(
                    METADATA,
                    List.of(
                            TENANT,
                            "family String",
                            "type LowCardinality(String)",
                            "help String",
                            "unit LowCardinality(String)",
                            BATCH),
                    true,
                    "(tenant, family)",
                    "tuple()",
                    null);

    private static final Table LOGS_TABLE =
            new Table(
                    LOGS,
                    List.of(
                            TENANT,
                            "stream UInt64 CODEC(ZSTD(1))",
                            TS_NS,
                            "labels " + MAP,
                            "line String CODEC(ZSTD(3))",
                            "metadata " + MAP,
                            BATCH,
                            "INDEX line_words line TYPE text(tokenizer = 'splitByNonAlpha')"),
                    false,
                    "(tenant, stream, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(ts)");

    private static final Table SPANS_TABLE =
            new Table(
                    SPANS,
                    List.of(
                            TENANT,
                            "trace_id FixedString(16)",
                            "span_id UInt64",
                            "parent_span_id UInt64",
                            "trace_state String CODEC(ZSTD(1))",
                            "service LowCardinality(String)",
                            "name LowCardinality(String)",
                            "kind UInt8",
                            TS_NS,
                            "duration_ns UInt64 CODEC(ZSTD(1))",
                            "status UInt8",
                            "status_message String CODEC(ZSTD(1))",
                            "scope LowCardinality(String)",
                            "attributes " + MAP,
                            "resource " + MAP,
                            "events String CODEC(ZSTD(3))",
                            "links String CODEC(ZSTD(3))",
                            BATCH,
                            "INDEX by_trace trace_id TYPE bloom_filter(0.001) GRANULARITY 1"),
                    false,
                    "(tenant, service, name, ts)",
                    "toYYYYMMDD(ts)",
                    "toDateTime(ts)");

    /// Of migration 2: which streams were seen on which day, with their labels.
    private static final Table STREAMS_TABLE =
            new Table(
                    STREAMS,
                    List.of(
                            TENANT,
                            "day Date",
                            "stream UInt64 CODEC(ZSTD(1))",
                            "labels " + MAP,
                            BATCH),
                    true,
                    "(tenant, day, stream)",
                    "toYYYYMM(day)",
                    "toDateTime(day)");

    /// Of migration 2: which operations of which services were seen on which day.
    private static final Table OPERATIONS_TABLE =
            new Table(
                    OPERATIONS,
                    List.of(
                            TENANT,
                            "day Date",
                            "service LowCardinality(String)",
                            "name String CODEC(ZSTD(1))",
                            "kind UInt8",
                            BATCH),
                    true,
                    "(tenant, day, service, name, kind)",
                    "toYYYYMM(day)",
                    "toDateTime(day)");

    /// Every table whose rows end some day.
    static List<Table> ending() {
        return ALL.stream().filter(table -> table.time() != null).toList();
    }

    private static final List<Table> TABLES_1 =
            List.of(
                    SERIES_TABLE,
                    SERIES_DAYS_TABLE,
                    SAMPLE_ROWS_TABLE,
                    HISTOGRAMS_TABLE,
                    EXEMPLARS_TABLE,
                    METADATA_TABLE,
                    LOGS_TABLE,
                    SPANS_TABLE);

    private static final List<Table> ALL =
            Stream.concat(
                            TABLES_1.stream().filter(table -> !table.equals(SAMPLE_ROWS_TABLE)),
                            Stream.of(STREAMS_TABLE, OPERATIONS_TABLE, SAMPLES_TABLE))
                    .toList();
}

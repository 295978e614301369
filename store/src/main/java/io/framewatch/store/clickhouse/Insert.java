package io.framewatch.store.clickhouse;

/// One numbered insert: rows of one table and one partition, at most [ClickHouse#INSERT_ROWS_MAX],
/// each carrying the number.
///
/// @param table where to
/// @param batch its number, from 1
/// @param block the rows
public record Insert(String table, long batch, NativeBlock block) {}

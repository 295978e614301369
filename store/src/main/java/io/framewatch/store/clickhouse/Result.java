package io.framewatch.store.clickhouse;

import org.jspecify.annotations.Nullable;

/// Rows that a query returns, block by block. To be closed; closing it early ends the query's
/// connection. Not thread safe.
public interface Result extends AutoCloseable {

    /// The next rows, or null at the end. Throws what [ClickHouse#query] throws.
    @Nullable Block next();

    @Override
    void close();
}

package io.framewatch.store.clickhouse;

import java.time.Duration;

/// The seam between the store and ClickHouse, embedded or remote. Thread safe.
///
/// All methods throw `FaultException` with code `engine_gone` and turn `LATER` when there is no
/// engine, and `io.framewatch.engine.EngineException` when the engine refuses.
public interface ClickHouse extends AutoCloseable {

    /// How long a statement may run unless told otherwise.
    Duration TIMEOUT = Duration.ofSeconds(60);

    /// Runs a query.
    default Result query(Sql sql) {
        return query(sql, TIMEOUT);
    }

    /// Runs a query that is broken off after `timeout`.
    Result query(Sql sql, Duration timeout);

    /// Runs a statement that returns nothing.
    default void execute(String sql) {
        execute(sql, TIMEOUT);
    }

    /// Runs a statement that returns nothing and is broken off after `timeout`.
    void execute(String sql, Duration timeout);

    /// Inserts the rows of a block, all or nothing: they must lie in one partition and be at most
    /// [#INSERT_ROWS_MAX]. After an exception it is unknown whether they are in, or still on their
    /// way in: see [#stop]. `queryId` names the insert.
    void insert(String table, NativeBlock block, String queryId);

    /// Breaks off what runs as `queryId` and returns whether anything did; when it returns false,
    /// nothing of it happens any more.
    boolean stop(String queryId);

    /// Most rows that one insert may have to stay one part, and with it atomic.
    int INSERT_ROWS_MAX = 500_000;

    @Override
    void close();
}

package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineCall;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// ClickHouse behind its HTTP interface, wherever it runs: what is sent is the same. Thread safe.
abstract class HttpClickHouse implements ClickHouse {

    /// One block in, one part out: no splitting, no waiting for more, no tokens.
    private static final Map<String, String> INSERT_SETTINGS =
            Map.of(
                    "max_insert_block_size", Integer.toString(2 * INSERT_ROWS_MAX),
                    "min_insert_block_size_rows", "0",
                    "min_insert_block_size_bytes", "0",
                    "max_insert_threads", "1",
                    "async_insert", "0",
                    "insert_deduplicate", "0");

    /// An answer, read piece by piece. Closing it early breaks it off. Not thread safe.
    interface Reply extends AutoCloseable {

        /// Reads at least one byte into `target`; -1 at the end. Throws what [ClickHouse#query]
        /// throws.
        int read(ByteBuffer target);

        @Override
        void close();
    }

    /// Sends a statement and returns the beginning of its answer. Throws what [ClickHouse#query]
    /// throws.
    abstract Reply send(EngineCall call);

    @Override
    public final Result query(Sql sql, Duration timeout) {
        EngineCall call = EngineCall.query(sql.text(), sql.parameters(), timeout.toMillis());
        return new NativeReader(send(call));
    }

    @Override
    public final void execute(String sql, Duration timeout) {
        end(EngineCall.query(sql, Map.of(), timeout.toMillis()));
    }

    @Override
    public final void insert(String table, NativeBlock block, String queryId) {
        if (block.rows() > INSERT_ROWS_MAX) {
            throw new IllegalArgumentException(block.rows() + " rows in one insert");
        }
        String columns =
                block.columns().stream()
                        .map(NativeColumn::name)
                        .collect(Collectors.joining(", ", " (", ")"));
        String sql = "INSERT INTO " + table + columns + " FORMAT Native";
        end(
                EngineCall.insert(sql, block.encode(), TIMEOUT.toMillis())
                        .withSettings(INSERT_SETTINGS)
                        .withQueryId(queryId));
    }

    @Override
    public final boolean stop(String queryId) {
        Map<String, String> id = Map.of("id", queryId);
        String kill = "KILL QUERY WHERE query_id = {id:String}";
        return end(EngineCall.query(kill, id, TIMEOUT.toMillis()));
    }

    /// Sends a statement and waits for its end; whether it answered anything.
    private boolean end(EngineCall call) {
        ByteBuffer piece = ByteBuffer.allocate(1024);
        boolean any = false;
        try (Reply reply = send(call)) {
            while (reply.read(piece.clear()) >= 0) {
                any = true;
            }
        }
        return any;
    }
}

package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineCall;
import io.framewatch.engine.EngineClient;
import io.framewatch.engine.EngineReply;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// ClickHouse as the engine's process on this machine. Thread safe.
public final class EngineClickHouse implements ClickHouse {

    private final EngineClient client;

    /// Speaks through `client`, and closes it.
    public EngineClickHouse(EngineClient client) {
        this.client = client;
    }

    @Override
    public Result query(Sql sql, Duration timeout) {
        EngineCall call = EngineCall.query(sql.text(), sql.parameters(), timeout.toMillis());
        return new NativeReader(client.send(call));
    }

    @Override
    public void execute(String sql) {
        EngineCall call = EngineCall.query(sql, Map.of(), TIMEOUT.toMillis());
        try (EngineReply reply = client.send(call)) {
            end(reply);
        }
    }

    @Override
    public void insert(String table, NativeBlock block, String queryId) {
        if (block.rows() > INSERT_ROWS_MAX) {
            throw new IllegalArgumentException(block.rows() + " rows in one insert");
        }
        String columns =
                block.columns().stream()
                        .map(NativeColumn::name)
                        .collect(Collectors.joining(", ", " (", ")"));
        EngineCall call =
                EngineCall.insert(
                                "INSERT INTO " + table + columns + " FORMAT Native",
                                block.encode(),
                                TIMEOUT.toMillis())
                        .withSettings(INSERT_SETTINGS)
                        .withQueryId(queryId);
        try (EngineReply reply = client.send(call)) {
            end(reply);
        }
    }

    @Override
    public boolean stop(String queryId) {
        return client.kill(queryId);
    }

    /// One block in, one part out: no splitting, no waiting for more, no tokens.
    private static final Map<String, String> INSERT_SETTINGS =
            Map.of(
                    "max_insert_block_size", Integer.toString(2 * INSERT_ROWS_MAX),
                    "min_insert_block_size_rows", "0",
                    "min_insert_block_size_bytes", "0",
                    "max_insert_threads", "1",
                    "insert_deduplicate", "0");

    private static void end(EngineReply reply) {
        ByteBuffer nothing = ByteBuffer.allocate(1024);
        while (reply.read(nothing.clear()) >= 0) {
            nothing.clear();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.framewatch.store.clickhouse;

import io.framewatch.engine.EngineCall;
import io.framewatch.engine.EngineClient;
import io.framewatch.engine.EngineReply;
import java.nio.ByteBuffer;

/// ClickHouse as the engine's process on this machine. Thread safe.
public final class EngineClickHouse extends HttpClickHouse {

    private final EngineClient client;

    /// Speaks through `client`, and closes it.
    public EngineClickHouse(EngineClient client) {
        this.client = client;
    }

    @Override
    Reply send(EngineCall call) {
        EngineReply reply = client.send(call);
        return new Reply() {
            @Override
            public int read(ByteBuffer target) {
                return reply.read(target);
            }

            @Override
            public void close() {
                reply.close();
            }
        };
    }

    @Override
    public void close() {
        client.close();
    }
}

package io.framewatch.engine;

import io.framewatch.model.Clock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the way to the engine and back costs: `EngineBenchmark FOLDER`. Prints the median of a
/// `SELECT 1`, of 240,000 rows of (id, timestamp, value), and of an insert of 100,000 rows.
final class EngineBenchmark {

    private static final int ROWS = 240_000;

    private EngineBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        try (TestEngine engine = TestEngine.start(Path.of(arguments[0]))) {
            Clock clock = Clock.system();
            print("SELECT 1", clock, 500, () -> run(engine, "SELECT 1"));
            print(
                    ROWS + " rows Native",
                    clock,
                    50,
                    () ->
                            run(
                                    engine,
                                    "SELECT cityHash64(number % 1000) AS id,"
                                            + " toInt64(number * 15000) AS ts,"
                                            + " toFloat64(number) / 7 AS v FROM numbers("
                                            + ROWS
                                            + ")"));
            engine.text("CREATE TABLE b (a UInt64, v Float64) ENGINE = MergeTree ORDER BY a");
            ByteBuffer rows =
                    ByteBuffer.allocate(100_000 * 16).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 100_000; i++) {
                rows.putLong(i).putDouble(i / 7.0);
            }
            rows.flip();
            print(
                    "insert of 100000 rows RowBinary",
                    clock,
                    20,
                    () -> {
                        try (EngineReply reply =
                                engine.client.send(
                                        EngineCall.insert(
                                                "INSERT INTO b (a, v) FORMAT RowBinary",
                                                List.of(rows),
                                                30_000))) {
                            TestEngine.readAll(reply);
                        }
                    });
        }
    }

    private static void run(TestEngine engine, String sql) {
        try (EngineReply reply = engine.client.send(EngineCall.query(sql, Map.of(), 30_000))) {
            ByteBuffer piece = ByteBuffer.allocateDirect(256 << 10);
            while (reply.read(piece) >= 0) {
                piece.clear();
            }
        }
    }

    private static void print(String what, Clock clock, int rounds, Runnable work) {
        long[] nanos = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long started = clock.nanoTime();
            work.run();
            nanos[i] = clock.nanoTime() - started;
        }
        Arrays.sort(nanos);
        System.out.printf("engine: %s: %.2f ms median%n", what, nanos[rounds / 2] / 1e6);
    }
}

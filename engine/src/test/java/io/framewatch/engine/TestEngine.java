package io.framewatch.engine;

import io.framewatch.model.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/// An engine for a test: started in a folder, with a client; closed with the test.
public final class TestEngine implements AutoCloseable {

    /// How long a start may take on a busy machine.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    static final long MEMORY_BYTES = 700L << 20;
    static final long CACHE_BYTES = 32L << 20;
    private static final long TIMEOUT_MS = 30_000;

    final EngineOptions options;
    final List<String> log = new CopyOnWriteArrayList<>();
    public final EngineSupervisor supervisor;
    public final EngineClient client;

    private TestEngine(EngineOptions options) {
        this.options = options;
        this.supervisor = EngineSupervisor.start(options, Clock.system(), log::add);
        this.client = new EngineClient(options.socket(), 8);
    }

    /// The library, or the end of the test: skipped, unless engine tests are demanded.
    public static Path library() {
        Optional<Path> library = EngineLibrary.ofUser().find();
        if (library.isEmpty() && System.getenv("FRAMEWATCH_ENGINE_TESTS") == null) {
            Assumptions.abort(
                    "libchdb is not in the cache: run framewatch once, or set FRAMEWATCH_ENGINE_TESTS"
                            + " to fetch it");
        }
        return library.orElseGet(() -> EngineLibrary.ofUser().fetch(System.out::println));
    }

    /// Options for an engine in `folder`; with small limits.
    public static EngineOptions options(Path folder) throws IOException {
        EngineOptions usual = EngineOptions.in(folder, library(), MEMORY_BYTES);
        return new EngineOptions(
                usual.library(),
                usual.data(),
                usual.cold(),
                usual.socket(),
                MEMORY_BYTES,
                CACHE_BYTES,
                4);
    }

    public static TestEngine start(Path folder) throws IOException {
        TestEngine engine = new TestEngine(options(folder));
        engine.supervisor.awaitReady(PATIENCE);
        return engine;
    }

    /// What it was started with.
    public EngineOptions options() {
        return options;
    }

    /// Runs a query and returns its result as tab-separated text.
    public String text(String sql) {
        return text(EngineCall.query(sql, Map.of(), TIMEOUT_MS));
    }

    String text(EngineCall call) {
        try (EngineReply reply = client.send(call)) {
            return new String(readAll(reply), StandardCharsets.UTF_8);
        }
    }

    static byte[] readAll(EngineReply reply) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(64 << 10);
        while (reply.read(piece) >= 0) {
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return all.toByteArray();
    }

    Summary insert(String sql, String data) {
        ByteBuffer bytes = ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8));
        try (EngineReply reply = client.send(EngineCall.insert(sql, List.of(bytes), TIMEOUT_MS))) {
            readAll(reply);
            return reply.summary();
        }
    }

    @Override
    public void close() {
        client.close();
        supervisor.close();
        options.socket().toFile().delete();
        // Goes only if it is empty, that is, if it was made for the socket.
        options.socket().resolveSibling(".").normalize().toFile().delete();
    }
}

package io.framewatch.engine;

import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The engine's process: loads the library, opens the data folder, answers on the socket, and ends
/// when its standard input does, which is when its parent ends in whatever way.
public final class EngineMain {

    /// Exit status when the engine refuses its data folder.
    static final int EXIT_REFUSED = 3;

    /// What it prints on standard output once it answers.
    static final String READY = "ready";

    private static final long STOP_MS_MAX = 5_000;

    private EngineMain() {}

    /// Runs until standard input ends.
    public static void main(String[] arguments) throws IOException {
        EngineOptions options = EngineOptions.parse(arguments);
        createPrivate(options.data());
        createPrivate(options.cold());
        Path config = EngineConfigFile.write(options);
        List<String> engine =
                List.of("clickhouse", "--path=" + options.data(), "--config-file=" + config);
        try {
            LibChdb library = LibChdb.load(options.library());
            ConnectionPool pool = new ConnectionPool(library, engine, options.connections());
            EngineServer server =
                    EngineServer.start(options.socket(), pool, options.queryBytesMax());
            System.out.println(READY);
            waitForEnd();
            stop(server, pool);
        } catch (FaultException refused) {
            System.err.println("engine: " + refused.getMessage());
            Runtime.getRuntime().halt(EXIT_REFUSED);
        }
        // Native threads may still run: leave without asking them.
        Runtime.getRuntime().halt(0);
    }

    private static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static void waitForEnd() {
        try {
            int read = 0;
            while (read >= 0) {
                read = System.in.read();
            }
        } catch (IOException ended) {
            // An end like any other.
        }
    }

    private static void stop(EngineServer server, ConnectionPool pool) {
        Thread stopping =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                server.close();
                                pool.close();
                            } catch (IOException failed) {
                                System.err.println("engine: " + failed);
                            }
                        });
        try {
            stopping.join(STOP_MS_MAX);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

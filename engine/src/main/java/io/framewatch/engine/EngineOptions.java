package io.framewatch.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an engine process is told.
///
/// @param library `libchdb.so`
/// @param data folder of the hot volume; made absolute, since the engine cannot sync a relative one
/// @param cold folder of the cold volume
/// @param socket Unix socket to answer on, at most [#SOCKET_LENGTH_MAX] bytes
/// @param memoryBytesMax memory of all queries and merges together; a query over it fails with code
///   241
/// @param cacheBytesMax all caches together (marks, primary keys, query conditions)
/// @param connections statements that run at once
public record EngineOptions(
        Path library,
        Path data,
        Path cold,
        Path socket,
        long memoryBytesMax,
        long cacheBytesMax,
        int connections) {

    /// Longest path a Unix socket may have on every system we run on.
    public static final int SOCKET_LENGTH_MAX = 100;

    /// Makes the paths absolute and checks the numbers.
    public EngineOptions {
        library = library.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
        cold = cold.toAbsolutePath().normalize();
        socket = socket.toAbsolutePath().normalize();
        if (connections < 1 || memoryBytesMax < 1 || cacheBytesMax < 1) {
            throw new IllegalArgumentException("a limit below 1: " + connections);
        }
    }

    /// Options for an engine that keeps its data in `folder`, with an eighth of its memory for
    /// caches and one statement at a time for each of four to eight connections.
    ///
    /// The socket lies in the folder too, or in a private folder of its own if that path would be
    /// too long for a socket.
    public static EngineOptions in(Path folder, Path library, long memoryBytesMax)
            throws IOException {
        Path own = folder.toAbsolutePath().normalize();
        int processors = Runtime.getRuntime().availableProcessors();
        return new EngineOptions(
                library,
                own.resolve("engine"),
                own.resolve("cold"),
                socketFor(own),
                memoryBytesMax,
                Math.max(8 << 20, memoryBytesMax / 8),
                Math.clamp(processors, 4, 8));
    }

    private static Path socketFor(Path folder) throws IOException {
        Path near = folder.resolve("engine.sock");
        if (near.toString().length() <= SOCKET_LENGTH_MAX) {
            return near;
        }
        // Readable by its owner only, as every folder made this way.
        return Files.createTempDirectory(Path.of("/tmp"), "framewatch-").resolve("engine.sock");
    }

    /// Most memory that one query may use, bytes: a quarter, so that one that asks for everything
    /// is refused itself, instead of those beside it.
    long queryBytesMax() {
        return memoryBytesMax / 4;
    }

    /// These options as command-line arguments of [EngineMain].
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--library=" + library);
        arguments.add("--data=" + data);
        arguments.add("--cold=" + cold);
        arguments.add("--socket=" + socket);
        arguments.add("--memoryBytesMax=" + memoryBytesMax);
        arguments.add("--cacheBytesMax=" + cacheBytesMax);
        arguments.add("--connections=" + connections);
        return arguments;
    }

    /// The other way round.
    static EngineOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not an option: " + argument);
            }
            values.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        return new EngineOptions(
                Path.of(value(values, "library")),
                Path.of(value(values, "data")),
                Path.of(value(values, "cold")),
                Path.of(value(values, "socket")),
                Long.parseLong(value(values, "memoryBytesMax")),
                Long.parseLong(value(values, "cacheBytesMax")),
                Integer.parseInt(value(values, "connections")));
    }

    private static String value(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return value;
    }
}

package io.framewatch.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One connection to the engine inside this process: one statement at a time, by one thread at a
/// time. [#kill] alone may be called meanwhile, on another connection.
final class EngineConnection implements AutoCloseable {

    private static final Pattern SELECT =
            Pattern.compile("[\\s(]*(SELECT|WITH)\\b", Pattern.CASE_INSENSITIVE);

    private final LibChdb library;
    private final MemorySegment pointer;
    private final MemorySegment connection;
    private final String name;
    private Map<String, String> settings = Map.of();

    private EngineConnection(LibChdb library, MemorySegment pointer, String name) {
        this.library = library;
        this.pointer = pointer;
        this.connection =
                pointer.reinterpret(ValueLayout.ADDRESS.byteSize()).get(ValueLayout.ADDRESS, 0);
        this.name = name;
    }

    /// Connects; the first connection starts the engine. Null if the engine refuses: it has said
    /// why on standard error. `name` is unique; statements are found by it to be killed.
    static @Nullable EngineConnection open(LibChdb library, List<String> arguments, String name) {
        List<String> all = new ArrayList<>(arguments);
        all.add("--log_comment=" + name);
        all.add("--async_insert=0");
        all.add("--input_format_parallel_parsing=0");
        MemorySegment pointer = library.connect(all);
        return pointer.equals(MemorySegment.NULL)
                ? null
                : new EngineConnection(library, pointer, name);
    }

    String name() {
        return name;
    }

    /// Runs a statement that returns nothing of interest.
    void run(String sql) {
        MemorySegment result = library.query(connection, Statement.of(sql), "Null");
        try {
            check(library.error(result));
        } finally {
            library.destroyResult(result);
        }
    }

    /// Makes `wanted` the settings of the statements to come, and those no longer wanted default.
    void settings(Map<String, String> wanted) {
        if (wanted.equals(settings)) {
            return;
        }
        List<String> changes = new ArrayList<>();
        for (Map.Entry<String, String> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(settings.get(entry.getKey()))) {
                changes.add(entry.getKey() + " = " + quoted(entry.getValue()));
            }
        }
        for (String old : settings.keySet()) {
            if (!wanted.containsKey(old)) {
                changes.add(old + " = DEFAULT");
            }
        }
        // What is set if this fails half way is unknown: the next statement sets all anew.
        Map<String, String> all = new TreeMap<>(settings);
        wanted.keySet().forEach(key -> all.put(key, ""));
        settings = all;
        run("SET " + String.join(", ", changes));
        settings = Map.copyOf(wanted);
    }

    private static String quoted(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /// Starts a statement; the caller fetches pieces until one is empty, then closes it. Only
    /// SELECT comes in pieces; the library refuses to stream others.
    Pieces query(Statement statement, String format) {
        boolean whole = !SELECT.matcher(statement.sql()).lookingAt();
        MemorySegment stream =
                whole
                        ? library.query(connection, statement, format)
                        : library.streamQuery(connection, statement, format);
        String error = library.error(stream);
        if (error != null) {
            library.destroyResult(stream);
            throw EngineException.of(error);
        }
        return new Pieces(stream, whole);
    }

    /// Inserts `data`, handed over in one piece so that it becomes one part; returns what was
    /// written. `statement` has no FORMAT clause.
    Summary insert(Statement statement, String format, MemorySegment data) {
        MemorySegment stream = library.streamInsert(connection, statement, format);
        try {
            check(library.insertError(stream));
            boolean taken = data.byteSize() == 0 || library.append(stream, data);
            MemorySegment result = library.done(stream);
            try {
                check(library.error(result));
                check(library.insertError(stream));
                if (!taken) {
                    throw new EngineException(0, "The insert was not taken.");
                }
                return library.summary(result);
            } finally {
                library.destroyResult(result);
            }
        } finally {
            library.destroyInsertStream(stream);
        }
    }

    /// Breaks off what the connection called `victim` is running.
    void kill(String victim) {
        run("KILL QUERY WHERE Settings['log_comment'] = " + quoted(victim) + " ASYNC");
    }

    private static void check(@Nullable String error) {
        if (error != null) {
            throw EngineException.of(error);
        }
    }

    @Override
    public void close() {
        library.close(pointer);
    }

    /// The result of a query, piece by piece.
    final class Pieces implements AutoCloseable {

        private final MemorySegment stream;
        private final boolean whole;
        private MemorySegment current = MemorySegment.NULL;
        private Summary summary = Summary.NONE;
        private boolean ended;

        private Pieces(MemorySegment stream, boolean whole) {
            this.stream = stream;
            this.whole = whole;
        }

        /// The next piece, valid until the next call; empty at the end.
        MemorySegment next() {
            if (whole) {
                MemorySegment all = ended ? MemorySegment.NULL : library.bytes(stream);
                summary = library.summary(stream);
                ended = true;
                return all;
            }
            release();
            MemorySegment result = library.fetch(connection, stream);
            current = result;
            String error = library.error(result);
            if (error != null) {
                ended = true;
                throw EngineException.of(error);
            }
            summary = summary.plus(library.summary(result));
            MemorySegment bytes = library.bytes(result);
            ended = bytes.byteSize() == 0;
            return bytes;
        }

        /// What was read so far.
        Summary summary() {
            return summary;
        }

        private void release() {
            if (!current.equals(MemorySegment.NULL)) {
                library.destroyResult(current);
                current = MemorySegment.NULL;
            }
        }

        @Override
        public void close() {
            release();
            if (!ended) {
                library.cancel(connection, stream);
            }
            library.destroyResult(stream);
        }
    }
}

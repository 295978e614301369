package io.framewatch.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The functions of libchdb's C API that we use, by their own names without `chdb_`; the API is
/// described in its header `chdb.h`. A pointer is a [MemorySegment] of size 0.
///
/// Its signal handlers are switched off when it is loaded: with them the JVM hangs. Thread safe,
/// but one connection serves one thread at a time.
final class LibChdb {

    private final MethodHandle connect;
    private final MethodHandle closeConn;
    private final MethodHandle queryWithParams;
    private final MethodHandle streamQueryWithParams;
    private final MethodHandle streamFetch;
    private final MethodHandle streamCancel;
    private final MethodHandle streamInsert;
    private final MethodHandle streamAppend;
    private final MethodHandle streamDone;
    private final MethodHandle streamInsertError;
    private final MethodHandle destroyInsertStream;
    private final MethodHandle destroyResult;
    private final MethodHandle resultBuffer;
    private final MethodHandle resultLength;
    private final MethodHandle resultError;
    private final MethodHandle resultRowsRead;
    private final MethodHandle resultBytesRead;
    private final MethodHandle resultRowsWritten;
    private final MethodHandle resultBytesWritten;

    private LibChdb(SymbolLookup library) {
        call(find(library, "chdb_set_signal_handlers_enabled", null, JAVA_INT), 0);
        connect = find(library, "chdb_connect", ADDRESS, JAVA_INT, ADDRESS);
        closeConn = find(library, "chdb_close_conn", null, ADDRESS);
        MemoryLayout[] statement = {
            ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
            JAVA_LONG
        };
        queryWithParams = find(library, "chdb_query_with_params_n", ADDRESS, statement);
        streamQueryWithParams =
                find(library, "chdb_stream_query_with_params_n", ADDRESS, statement);
        streamFetch = find(library, "chdb_stream_fetch_result", ADDRESS, ADDRESS, ADDRESS);
        streamCancel = find(library, "chdb_stream_cancel_query", null, ADDRESS, ADDRESS);
        streamInsert = find(library, "chdb_stream_insert_with_params_n", ADDRESS, statement);
        streamAppend = find(library, "chdb_stream_append", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
        streamDone = find(library, "chdb_stream_done", ADDRESS, ADDRESS);
        streamInsertError = find(library, "chdb_stream_insert_error", ADDRESS, ADDRESS);
        destroyInsertStream = find(library, "chdb_destroy_insert_stream", null, ADDRESS);
        destroyResult = find(library, "chdb_destroy_query_result", null, ADDRESS);
        resultBuffer = find(library, "chdb_result_buffer", ADDRESS, ADDRESS);
        resultLength = find(library, "chdb_result_length", JAVA_LONG, ADDRESS);
        resultError = find(library, "chdb_result_error", ADDRESS, ADDRESS);
        resultRowsRead = find(library, "chdb_result_storage_rows_read", JAVA_LONG, ADDRESS);
        resultBytesRead = find(library, "chdb_result_storage_bytes_read", JAVA_LONG, ADDRESS);
        resultRowsWritten = find(library, "chdb_result_rows_written", JAVA_LONG, ADDRESS);
        resultBytesWritten = find(library, "chdb_result_bytes_written", JAVA_LONG, ADDRESS);
    }

    /// Loads the library, for the life of the process. Throws `engine_library` if it cannot be.
    static LibChdb load(Path library) {
        try {
            return new LibChdb(SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException | NoSuchElementException refused) {
            throw new FaultException(
                    Fault.operator(
                            "engine_library",
                            "The engine's library "
                                    + library
                                    + " cannot be loaded: "
                                    + refused.getMessage(),
                            "Delete its folder and start again, so that it is fetched anew."),
                    refused);
        }
    }

    private static MethodHandle find(
            SymbolLookup library,
            String name,
            @Nullable MemoryLayout returns,
            MemoryLayout... takes) {
        FunctionDescriptor shape =
                returns == null
                        ? FunctionDescriptor.ofVoid(takes)
                        : FunctionDescriptor.of(returns, takes);
        MemorySegment symbol = library.findOrThrow(name);
        return Linker.nativeLinker().downcallHandle(symbol, shape);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable failed) {
            throw new IllegalStateException("a native call was refused", failed);
        }
    }

    private static MemorySegment pointer(MethodHandle function, Object... arguments) {
        return (MemorySegment) call(function, arguments);
    }

    /// Opens a connection with command-line `arguments`, starting the engine if it is the first.
    /// Returns the pointer to the connection's pointer; null address if refused.
    MemorySegment connect(List<String> arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argv = arena.allocate(ADDRESS, arguments.size());
            for (int i = 0; i < arguments.size(); i++) {
                argv.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
            }
            return pointer(connect, arguments.size(), argv);
        }
    }

    void close(MemorySegment connectionPointer) {
        call(closeConn, connectionPointer);
    }

    /// Runs a statement to its end.
    MemorySegment query(MemorySegment connection, Statement statement, String format) {
        return run(queryWithParams, connection, statement, format);
    }

    /// Starts a statement whose result is fetched piece by piece.
    MemorySegment streamQuery(MemorySegment connection, Statement statement, String format) {
        return run(streamQueryWithParams, connection, statement, format);
    }

    /// Starts an INSERT; the statement is without its FORMAT clause.
    MemorySegment streamInsert(MemorySegment connection, Statement statement, String format) {
        return run(streamInsert, connection, statement, format);
    }

    private static MemorySegment run(
            MethodHandle function, MemorySegment connection, Statement statement, String format) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] sql = statement.sql().getBytes(StandardCharsets.UTF_8);
            byte[] form = format.getBytes(StandardCharsets.UTF_8);
            Texts names = new Texts(arena, List.copyOf(statement.parameters().keySet()));
            Texts values = new Texts(arena, List.copyOf(statement.parameters().values()));
            return pointer(
                    function,
                    connection,
                    arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, sql),
                    (long) sql.length,
                    arena.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, form),
                    (long) form.length,
                    names.pointers,
                    names.lengths,
                    values.pointers,
                    values.lengths,
                    (long) statement.parameters().size());
        }
    }

    /// An array of pointers to texts and the array of their lengths.
    private static final class Texts {
        final MemorySegment pointers;
        final MemorySegment lengths;

        Texts(Arena arena, List<String> texts) {
            pointers = texts.isEmpty() ? MemorySegment.NULL : arena.allocate(ADDRESS, texts.size());
            lengths =
                    texts.isEmpty() ? MemorySegment.NULL : arena.allocate(JAVA_LONG, texts.size());
            for (int i = 0; i < texts.size(); i++) {
                MemorySegment text = arena.allocateFrom(texts.get(i));
                pointers.setAtIndex(ADDRESS, i, text);
                lengths.setAtIndex(JAVA_LONG, i, text.byteSize() - 1);
            }
        }
    }

    MemorySegment fetch(MemorySegment connection, MemorySegment stream) {
        return pointer(streamFetch, connection, stream);
    }

    void cancel(MemorySegment connection, MemorySegment stream) {
        call(streamCancel, connection, stream);
    }

    /// Hands over `data`, which is copied; false if the stream has failed.
    boolean append(MemorySegment insertStream, MemorySegment data) {
        return (int) call(streamAppend, insertStream, data, data.byteSize()) == 0;
    }

    MemorySegment done(MemorySegment insertStream) {
        return pointer(streamDone, insertStream);
    }

    void destroyInsertStream(MemorySegment insertStream) {
        call(destroyInsertStream, insertStream);
    }

    void destroyResult(MemorySegment result) {
        call(destroyResult, result);
    }

    /// The bytes of a result, valid until it is destroyed.
    MemorySegment bytes(MemorySegment result) {
        long length = (long) call(resultLength, result);
        return length == 0 ? MemorySegment.NULL : pointer(resultBuffer, result).reinterpret(length);
    }

    /// The error of a result, or null.
    @Nullable String error(MemorySegment result) {
        return text(pointer(resultError, result));
    }

    /// The error of an insert stream, or null.
    @Nullable String insertError(MemorySegment insertStream) {
        return text(pointer(streamInsertError, insertStream));
    }

    private static @Nullable String text(MemorySegment pointer) {
        if (pointer.equals(MemorySegment.NULL)) {
            return null;
        }
        String text = pointer.reinterpret(Long.MAX_VALUE).getString(0);
        return text.isEmpty() ? null : text;
    }

    Summary summary(MemorySegment result) {
        return new Summary(
                (long) call(resultRowsRead, result),
                (long) call(resultBytesRead, result),
                (long) call(resultRowsWritten, result),
                (long) call(resultBytesWritten, result));
    }
}

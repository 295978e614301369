package io.framewatch.engine;

import io.framewatch.engine.http.HttpBody;
import io.framewatch.engine.http.HttpConnection;
import io.framewatch.engine.http.HttpHead;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Answers the requests of one connection, one after the other. The subset of ClickHouse's HTTP
/// interface is described in `docs/formats/engine-http.md`.
final class RequestHandler {

    /// Largest body of an insert.
    static final int INSERT_BYTES_MAX = 256 << 20;

    private static final int SQL_BYTES_MAX = 1 << 20;
    private static final AtomicLong NAMELESS = new AtomicLong();

    private final HttpConnection connection;
    private final ConnectionPool pool;
    private final String queryBytesMax;

    /// Whether the first byte of the answer has been sent, after which a status cannot be changed.
    private boolean begun;

    /// @param queryBytesMax memory of one query, unless it sets another limit
    RequestHandler(HttpConnection connection, ConnectionPool pool, long queryBytesMax) {
        this.connection = connection;
        this.pool = pool;
        this.queryBytesMax = Long.toString(queryBytesMax);
    }

    /// Reads and answers one request; false when the connection has ended.
    boolean handleOne() throws IOException {
        HttpHead head = connection.readHead();
        if (head == null) {
            return false;
        }
        begun = false;
        HttpBody body = connection.body(head);
        try {
            answer(Request.parse(head.first()), body);
        } catch (ProtocolException bad) {
            text(400, Map.of("connection", "close"), "Code: 0. Bad request: " + bad.getMessage());
            return false;
        } catch (EngineException refused) {
            tell(refused, body);
        }
        return !head.closes() && body.ended();
    }

    private void answer(Request request, HttpBody body) throws IOException {
        if (request.path().equals("/ping")) {
            drain(body);
            text(200, Map.of(), "Ok.\n");
            return;
        }
        if (!request.path().equals("/")) {
            drain(body);
            text(404, Map.of(), "There is no " + request.path() + " here.\n");
            return;
        }
        Request.Insert insert = Request.insert(request.sql());
        if (insert != null) {
            insert(request, insert, body);
            return;
        }
        String more = new String(body.readAll(SQL_BYTES_MAX), StandardCharsets.UTF_8);
        String sql = request.sql().isEmpty() ? more : request.sql() + more;
        String victim = request.victim(sql);
        if (victim != null) {
            text(200, Map.of(), pool.kill(victim) ? "killed\n" : "");
        } else {
            query(request, sql);
        }
    }

    private static String id(Request request) {
        String id = request.queryId();
        return id == null ? "nameless-" + NAMELESS.incrementAndGet() : id;
    }

    private void insert(Request request, Request.Insert insert, HttpBody body) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment data = readAll(body, arena);
            Summary written =
                    pool.with(
                            id(request),
                            lent -> {
                                lent.settings(request.settings());
                                return lent.insert(
                                        new Statement(insert.sql(), request.parameters()),
                                        insert.format(),
                                        data);
                            });
            text(200, Map.of("x-clickhouse-summary", written.json()), "");
        }
    }

    private static MemorySegment readAll(HttpBody body, Arena arena) throws IOException {
        long room = body.left() > 0 ? body.left() + 1 : 1 << 20;
        ByteBuffer target = allocate(room, arena);
        while (body.read(target) >= 0) {
            if (!target.hasRemaining()) {
                target = allocate(2L * target.capacity(), arena).put(target.flip());
            }
        }
        return MemorySegment.ofBuffer(target.flip());
    }

    private static ByteBuffer allocate(long bytes, Arena arena) throws ProtocolException {
        if (bytes > INSERT_BYTES_MAX + 1L) {
            throw new ProtocolException("an insert of more than " + INSERT_BYTES_MAX + " bytes");
        }
        return arena.allocate(bytes).asByteBuffer();
    }

    /// Reads what is left of a body that is of no use, so that the next request can follow.
    private static void drain(HttpBody body) throws IOException {
        ByteBuffer nowhere = ByteBuffer.allocate(16 << 10);
        while (body.read(nowhere.clear()) >= 0) {
            nowhere.clear();
        }
    }

    private void query(Request request, String sql) throws IOException {
        Map<String, String> settings = new TreeMap<>(request.settings());
        settings.putIfAbsent("max_memory_usage", queryBytesMax);
        pool.with(
                id(request),
                lent -> {
                    lent.settings(settings);
                    Statement statement = new Statement(sql, request.parameters());
                    try (EngineConnection.Pieces pieces =
                            lent.query(statement, request.defaultFormat())) {
                        send(pieces);
                    }
                    return Summary.NONE;
                });
    }

    private void send(EngineConnection.Pieces pieces) throws IOException {
        MemorySegment piece = pieces.next();
        Map<String, String> fields = new TreeMap<>();
        fields.put("content-type", "application/octet-stream");
        fields.put("transfer-encoding", "chunked");
        begun = true;
        connection.write(HttpHead.of("HTTP/1.1 200 OK", fields));
        while (piece.byteSize() > 0) {
            connection.writeChunk(piece.asByteBuffer());
            piece = pieces.next();
        }
        connection.writeLastChunk(Map.of("x-clickhouse-summary", pieces.summary().json()));
    }

    /// Before the first byte as a status, after it as a trailer.
    private void tell(EngineException refused, HttpBody body) throws IOException {
        String text = String.valueOf(refused.getMessage());
        String code = Integer.toString(refused.code());
        if (begun) {
            connection.writeLastChunk(
                    Map.of("x-clickhouse-exception-code", code, "x-framewatch-exception", text));
        } else {
            drain(body);
            text(refused.status(), Map.of("x-clickhouse-exception-code", code), text + "\n");
        }
    }

    private void text(int status, Map<String, String> more, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> fields = new TreeMap<>(more);
        fields.put("content-type", "text/plain; charset=utf-8");
        fields.put("content-length", Integer.toString(bytes.length));
        begun = true;
        connection.write(HttpHead.of("HTTP/1.1 " + status + " " + reason(status), fields));
        connection.write(ByteBuffer.wrap(bytes));
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 408 -> "Request Timeout";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}

package io.framewatch.engine.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/// The body of a message, read piece by piece. Not thread safe.
public final class HttpBody {

    private static final int LINE_BYTES_MAX = 8192;

    private final HttpConnection connection;
    private final boolean chunked;
    private final Map<String, String> trailers = new TreeMap<>();

    /// Bytes left of the body, or of the chunk.
    private long left;

    private boolean firstChunk = true;
    private boolean ended;

    /// @param length bytes, or -1 if it comes in chunks
    HttpBody(HttpConnection connection, long length) {
        this.connection = connection;
        this.chunked = length < 0;
        this.left = Math.max(length, 0);
    }

    /// Reads at least one byte into `target`, which has room; -1 at the end of the body. Throws
    /// `EOFException` if the connection ends before the body does.
    public int read(ByteBuffer target) throws IOException {
        if (left == 0 && !ended) {
            if (chunked) {
                nextChunk();
            } else {
                ended = true;
            }
        }
        if (ended) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + left));
        int bytes = connection.read(target);
        target.limit(limit);
        if (bytes < 0) {
            throw new EOFException("the connection ended inside a body");
        }
        left -= bytes;
        return bytes;
    }

    private void nextChunk() throws IOException {
        if (!firstChunk && !line().isEmpty()) {
            throw new ProtocolException("a chunk without an end");
        }
        firstChunk = false;
        String size = line();
        if (!size.matches("[0-9a-fA-F]{1,12}")) {
            throw new ProtocolException("a chunk without a size");
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            for (String line = line(); !line.isEmpty(); line = line()) {
                HttpHead.parseField(line, trailers);
            }
            ended = true;
        }
    }

    private String line() throws IOException {
        String line = connection.readLine(LINE_BYTES_MAX, false);
        if (line == null) {
            throw new EOFException("the connection ended inside a body");
        }
        return line;
    }

    /// Reads the rest, up to `bytesMax`; throws `ProtocolException` if there is more.
    public byte[] readAll(int bytesMax) throws IOException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(16 << 10);
        while (read(piece) >= 0) {
            if (all.size() + piece.position() > bytesMax) {
                throw new ProtocolException("a body of more than " + bytesMax + " bytes");
            }
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return all.toByteArray();
    }

    /// Fields after the body, by lower-case name; complete once [#read] has returned -1.
    public Map<String, String> trailers() {
        return trailers;
    }

    /// Bytes left of a body of known length; of the current chunk otherwise.
    public long left() {
        return left;
    }

    /// Whether the end was reached.
    public boolean ended() {
        return ended;
    }
}

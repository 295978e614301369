package io.framewatch.engine.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One end of a connection. Messages alternate; the body of each must be read to its end before the
/// next head. Not thread safe, except [#close], which ends a read or write under way.
public final class HttpConnection implements AutoCloseable {

    /// Longest head accepted, bytes: as long as ClickHouse accepts an address.
    public static final int HEAD_BYTES_MAX = 1 << 20;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final byte[] CRLF = {'\r', '\n'};

    private final SocketChannel channel;

    /// Received and not yet consumed: position to limit.
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

    /// Takes over a connected channel in blocking mode.
    public HttpConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// Sends a head.
    public void write(HttpHead head) throws IOException {
        write(ByteBuffer.wrap(head.text().getBytes(StandardCharsets.UTF_8)));
    }

    /// Sends bytes as they are.
    public void write(ByteBuffer... bytes) throws IOException {
        for (ByteBuffer one : bytes) {
            while (one.hasRemaining()) {
                channel.write(one);
            }
        }
    }

    /// Sends `bytes` as a chunk of a chunked body; nothing if there are none.
    public void writeChunk(ByteBuffer bytes) throws IOException {
        if (bytes.hasRemaining()) {
            String size = Integer.toHexString(bytes.remaining()) + "\r\n";
            write(
                    ByteBuffer.wrap(size.getBytes(StandardCharsets.US_ASCII)),
                    bytes,
                    ByteBuffer.wrap(CRLF));
        }
    }

    /// Ends a chunked body with trailer fields.
    public void writeLastChunk(java.util.Map<String, String> trailers) throws IOException {
        StringBuilder text = new StringBuilder("0\r\n");
        trailers.forEach((name, value) ->
                text.append(name).append(": ").append(HttpHead.clean(value)).append("\r\n"));
        write(ByteBuffer.wrap(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// Reads the next head; null if the other end has closed the connection before it.
    public @Nullable HttpHead readHead() throws IOException {
        String first = readLine(HEAD_BYTES_MAX, true);
        if (first == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(first);
        for (String line = line(text.length()); !line.isEmpty(); line = line(text.length())) {
            text.append("\r\n").append(line);
        }
        return HttpHead.parse(text.toString());
    }

    private String line(int before) throws IOException {
        String line = readLine(HEAD_BYTES_MAX - before, false);
        if (line == null) {
            throw new EOFException("the connection ended inside a head");
        }
        return line;
    }

    /// Reads a line without its end.
    @Nullable String readLine(int bytesMax, boolean endAllowed) throws IOException {
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream(128);
        while (true) {
            if (!received.hasRemaining() && fill() < 0) {
                if (endAllowed && line.size() == 0) {
                    return null;
                }
                throw new EOFException("the connection ended inside a line");
            }
            byte next = received.get();
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() >= bytesMax) {
                throw new ProtocolException("a head of more than " + HEAD_BYTES_MAX + " bytes");
            }
            line.write(next);
        }
    }

    private int fill() throws IOException {
        received.clear();
        int read = channel.read(received);
        received.flip();
        return read;
    }

    /// Reads at least one byte into `target`, which has room; -1 at the end of the connection.
    int read(ByteBuffer target) throws IOException {
        if (!received.hasRemaining()) {
            if (target.remaining() >= BUFFER_BYTES) {
                return channel.read(target);
            }
            if (fill() < 0) {
                return -1;
            }
        }
        int bytes = Math.min(received.remaining(), target.remaining());
        target.put(received.duplicate().limit(received.position() + bytes));
        received.position(received.position() + bytes);
        return bytes;
    }

    /// The body that follows `head`.
    public HttpBody body(HttpHead head) throws IOException {
        return new HttpBody(this, head.chunked() ? -1 : head.contentLength());
    }

    /// Ends the connection; a thread that reads or writes gets an exception.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

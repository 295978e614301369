package io.framewatch.ingest.http;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection over which one request follows another, without TLS. Blocks; meant for virtual
/// threads, whose interruption ends a read. Not thread safe.
final class PlainConnection implements AutoCloseable {

    /// Most bytes of status line and headers, and of what stands around chunks.
    static final int HEAD_BYTES_MAX = 64 * 1024;

    private static final int CONNECT_MS_MAX = 10_000;
    private static final int BUFFER_BYTES = 8 * 1024;
    private static final int BODY_BYTES_FIRST = 64 * 1024;

    private final Clock clock;
    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private int headBytes;
    private volatile long deadlineNs;
    private volatile boolean late;
    private long idleSinceNs;

    /// The request sent last, and its bytes.
    private @Nullable HttpRequest sent;

    private byte[] sentBytes = {};

    /// Connects to where `uri` points; throws `HttpConnectTimeoutException` after ten seconds or at
    /// the deadline.
    PlainConnection(URI uri, Clock clock, long deadlineNs) throws IOException {
        this.clock = clock;
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        String host = uri.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            int leftMs = Math.clamp(leftMs(deadlineNs), 1, CONNECT_MS_MAX);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(bare, port), leftMs);
            in = socket.getInputStream();
        } catch (SocketTimeoutException late) {
            socket.close();
            throw new HttpConnectTimeoutException("no connection in time");
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /// Closes it if its deadline has passed; answers whether. For another thread than the one that
    /// reads, which then meets `SocketTimeoutException`.
    boolean endIfLate(long nowNs) {
        if (nowNs - deadlineNs < 0) {
            return false;
        }
        late = true;
        close();
        return true;
    }

    /// Whether it was closed at its deadline.
    boolean isLate() {
        return late;
    }

    private long leftMs(long deadline) {
        return TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanoTime());
    }

    /// Since when it waits for its next request.
    long idleSinceNs() {
        return idleSinceNs;
    }

    /// It waits now.
    void idle(long nowNs) {
        idleSinceNs = nowNs;
    }

    /// The next answer is to be there by then.
    void deadlineNs(long deadline) {
        deadlineNs = deadline;
    }

    /// Sends a GET and returns once the answer has begun; throws [NotBegunException] if the
    /// connection ends before, `SocketTimeoutException` at the deadline.
    @SuppressWarnings("ReferenceEquality") // only the very same request has the same bytes for sure
    void send(HttpRequest request) throws IOException {
        headBytes = 0;
        if (request != sent) {
            sentBytes = bytes(request);
            sent = request;
        }
        begin(sentBytes);
    }

    private static byte[] bytes(HttpRequest request) {
        URI uri = request.uri();
        StringBuilder head = new StringBuilder("GET ");
        head.append(uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
        if (uri.getRawQuery() != null) {
            head.append('?').append(uri.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        if (request.headers().firstValue("Host").isEmpty()) {
            head.append("Host: ").append(uri.getHost());
            head.append(uri.getPort() < 0 ? "" : ":" + uri.getPort()).append("\r\n");
        }
        request.headers()
                .map()
                .forEach((name, values) -> {
                    for (String value : values) {
                        head.append(name).append(": ").append(value).append("\r\n");
                    }
                });
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void begin(byte[] head) throws IOException {
        boolean begun;
        try {
            socket.getOutputStream().write(head);
            begun = fill();
        } catch (SocketTimeoutException outOfTime) {
            throw outOfTime;
        } catch (IOException gone) {
            throw late ? outOfTime() : new NotBegunException(gone);
        }
        if (!begun) {
            throw new NotBegunException(null);
        }
    }

    /// Reads the head of the answer.
    ReplyHead head() throws IOException {
        ReplyHead head = new ReplyHead(line());
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
        boolean interim = head.status() / 100 == 1;
        return interim ? head() : head;
    }

    /// Reads the body of the answer.
    Body body(ReplyHead head, long bytesMax) throws IOException {
        if (head.length() == 0 && !head.isChunked()) {
            return new Body(new byte[0], 0);
        }
        if (!head.isChunked() && head.length() > bytesMax) {
            throw new BodyTooLargeException(bytesMax);
        }
        Collected collected = new Collected(bytesMax, head.length());
        if (!head.isChunked()) {
            collected.read(head.length());
        } else {
            for (long size = chunkSize(); size > 0; size = chunkSize()) {
                collected.read(size);
                if (!line().isEmpty()) {
                    throw new IOException("a chunk of the answer is longer than it says");
                }
            }
            while (!line().isEmpty()) {
                // Trailers tell nothing we need.
            }
        }
        return new Body(collected.data, collected.filled);
    }

    private long chunkSize() throws IOException {
        String line = line();
        int semicolon = line.indexOf(';');
        String hex = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (hex.isEmpty()
                || hex.length() > 15
                || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            throw new IOException("a chunk of the answer has no size");
        }
        return Long.parseLong(hex, 16);
    }

    private String line() throws IOException {
        for (int i = at; i < end && headBytes + i - at < HEAD_BYTES_MAX; i++) {
            if (buffer[i] == '\n') {
                int to = i > at && buffer[i - 1] == '\r' ? i - 1 : i;
                String whole = new String(buffer, at, to - at, StandardCharsets.ISO_8859_1);
                headBytes += i - at;
                at = i + 1;
                return whole;
            }
        }
        return lineInPieces();
    }

    private String lineInPieces() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (at == end && !fill()) {
                throw new IOException("the connection was closed within the answer");
            }
            int c = buffer[at++] & 0xff;
            if (c == '\n') {
                int length = line.length();
                if (length > 0 && line.charAt(length - 1) == '\r') {
                    line.setLength(length - 1);
                }
                return line.toString();
            }
            if (++headBytes > HEAD_BYTES_MAX) {
                throw new IOException("the answer's head is larger than 64 KiB");
            }
            line.append((char) c);
        }
    }

    private boolean fill() throws IOException {
        int read = read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    private int read(byte[] into, int from, int length) throws IOException {
        if (clock.nanoTime() - deadlineNs >= 0) {
            throw outOfTime();
        }
        try {
            int got = in.read(into, from, length);
            if (got < 0 && late) {
                throw outOfTime();
            }
            return got;
        } catch (IOException ended) {
            throw late ? outOfTime() : ended;
        }
    }

    private static SocketTimeoutException outOfTime() {
        return new SocketTimeoutException("no time left");
    }

    /// A body that grows as it comes, whatever its length is said to be.
    private final class Collected {
        private final long bytesMax;
        private byte[] data;
        private int filled;

        Collected(long bytesMax, long length) {
            this.bytesMax = bytesMax;
            long likely = length == ReplyHead.UNKNOWN ? BODY_BYTES_FIRST : length;
            this.data = new byte[Math.clamp(likely, 1, BODY_BYTES_FIRST)];
        }

        /// Reads `wanted` bytes, or until the connection ends if it is [ReplyHead#UNKNOWN].
        void read(long wanted) throws IOException {
            long left = wanted == ReplyHead.UNKNOWN ? Long.MAX_VALUE : wanted;
            while (left > 0) {
                if (filled == data.length) {
                    data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 8, 2L * filled));
                }
                int room = (int) Math.min(left, data.length - filled);
                int got = at < end ? buffered(room) : PlainConnection.this.read(data, filled, room);
                if (got < 0 && wanted == ReplyHead.UNKNOWN) {
                    return;
                }
                if (got < 0) {
                    throw new IOException("the connection was closed within the answer");
                }
                filled += got;
                left -= got;
                if (filled > bytesMax) {
                    throw new BodyTooLargeException(bytesMax);
                }
            }
        }

        private int buffered(int room) {
            int got = Math.min(room, end - at);
            System.arraycopy(buffer, at, data, filled, got);
            at += got;
            return got;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // There is nothing left to close.
        }
    }
}

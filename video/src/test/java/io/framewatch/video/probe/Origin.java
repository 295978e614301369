package io.framewatch.video.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A live HLS origin on this machine whose segments a test publishes one by one, and which can
/// misbehave.
final class Origin implements AutoCloseable {

    /// Answers a request in a way of its own.
    interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<byte[]> segments = new ArrayList<>();
    private final Map<String, Answer> special = new ConcurrentHashMap<>();
    private long firstSequence;
    private long endedAtMs;

    Origin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /// Adds a segment of 2 s that ends at `atMs`, wall time.
    synchronized void publish(byte[] segment, long atMs) {
        segments.add(segment);
        endedAtMs = atMs;
    }

    /// Starts anew with media sequence 0, as an encoder that was restarted does.
    synchronized void restart() {
        segments.clear();
        firstSequence = 0;
    }

    /// From now on answers this path so.
    void answer(String path, Answer answer) {
        special.put(path, answer);
    }

    /// From now on answers this path as usual.
    void answerAsUsual(String path) {
        special.remove(path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            Answer answer = special.get(path);
            if (answer != null) {
                answer.to(exchange);
            } else if (path.equals("/master.m3u8")) {
                send(exchange, 200, MASTER.getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith(".m3u8")) {
                send(exchange, 200, playlist().getBytes(StandardCharsets.UTF_8));
            } else {
                segment(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final String MASTER =
            """
            #EXTM3U
            #EXT-X-STREAM-INF:BANDWIDTH=2800000,RESOLUTION=1280x720
            high/index.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH=700000,RESOLUTION=640x360
            low/index.m3u8
            """;

    private synchronized String playlist() {
        int shown = Math.min(6, segments.size());
        long sequence = firstSequence + segments.size() - shown;
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:6\n");
        text.append("#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:").append(sequence);
        for (int i = 0; i < shown; i++) {
            long startMs = endedAtMs - 2_000L * (shown - i);
            text.append("\n#EXTINF:2.000000,\n#EXT-X-PROGRAM-DATE-TIME:")
                    .append(Instant.ofEpochMilli(startMs).toString().replace("Z", "+0000"))
                    .append("\nseg-")
                    .append(sequence + i)
                    .append(".ts");
        }
        return text.append('\n').toString();
    }

    private void segment(HttpExchange exchange, String path) throws IOException {
        int number = Integer.parseInt(path.replaceAll("\\D+", ""));
        byte[] bytes;
        synchronized (this) {
            bytes = number < segments.size() ? segments.get(number) : new byte[0];
        }
        send(exchange, bytes.length == 0 ? 404 : 200, bytes);
    }

    static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

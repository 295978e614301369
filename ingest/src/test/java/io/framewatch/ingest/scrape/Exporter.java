package io.framewatch.ingest.scrape;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/// A small program that shows metrics, well or badly, on a loopback port.
public final class Exporter implements AutoCloseable {

    /// Answers one request.
    public interface Handler {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    final Map<String, String> lastHeaders = new ConcurrentHashMap<>();
    private volatile Handler handler = exchange -> text(exchange, 200, "text/plain", "");

    public Exporter() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    Exporter(HttpServer server) {
        this.server = server;
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestHeaders()
                    .forEach((name, values) -> lastHeaders.put(name, values.getFirst()));
            lastHeaders.put(":uri", exchange.getRequestURI().toString());
            handler.answer(exchange);
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public void on(Handler next) {
        handler = next;
    }

    /// Shows this text from now on.
    void shows(String text) {
        on(exchange -> text(exchange, 200, "text/plain; version=0.0.4", text));
    }

    public static void text(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    static void gzip(HttpExchange exchange, byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, packed.size());
        try (OutputStream out = exchange.getResponseBody()) {
            packed.writeTo(out);
        }
    }

    public String header(String name) {
        return Objects.requireNonNull(lastHeaders.getOrDefault(name, ""));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}

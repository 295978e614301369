package io.framewatch.ingest.discover.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A Kubernetes API on a loopback port, as far as its documentation ("API concepts") describes list
/// and watch: pages with `limit` and `continue`, `resourceVersion`, watches that go on from a
/// version, bookmarks, 410 for versions that were compacted away, label and field selectors of
/// equalities, bearer tokens. Thread safe.
final class KubernetesDouble implements AutoCloseable {

    private record Event(long version, String type, String plural, ObjectNode object) {}

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Event> events = new ArrayList<>();
    private long version = 100;
    private long compacted;
    private long generation;
    private volatile String token = "";
    private volatile int refuseWith;

    /// Every request, as its URI.
    final List<String> requests = new CopyOnWriteArrayList<>();

    KubernetesDouble() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// From now on, only this token is let in.
    void requireToken(String text) {
        token = text;
    }

    /// From now on, every request is answered with this status; 0 ends that.
    void refuse(int status) {
        refuseWith = status;
        dropWatches();
    }

    /// Creates or changes an object; `json` may use single quotes.
    synchronized void put(String plural, String json) {
        ObjectNode object = (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
        ((ObjectNode) object.path("metadata")).put("resourceVersion", "" + ++version);
        String key = plural + "/" + ObjectWatch.key(object);
        String type = objects.put(key, object) == null ? "ADDED" : "MODIFIED";
        events.add(new Event(version, type, plural, object));
        notifyAll();
    }

    synchronized void delete(String plural, String namespace, String name) {
        ObjectNode object = objects.remove(plural + "/" + namespace + "/" + name);
        if (object != null) {
            ObjectNode last = object.deepCopy();
            ((ObjectNode) last.path("metadata")).put("resourceVersion", "" + ++version);
            events.add(new Event(version, "DELETED", plural, last));
            notifyAll();
        }
    }

    /// Tells every watch the newest version and nothing else.
    synchronized void bookmark(String plural) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("resourceVersion", "" + ++version);
        events.add(new Event(version, "BOOKMARK", plural, object));
        notifyAll();
    }

    /// Forgets all changes so far: watches from an older version are answered with 410.
    synchronized void compact() {
        events.clear();
        compacted = version;
    }

    /// Ends all watches, as a server does after their time.
    synchronized void dropWatches() {
        generation++;
        notifyAll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestURI().toString());
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (refuseWith != 0) {
                exchange.sendResponseHeaders(refuseWith, -1);
            } else if (!token.isEmpty() && !("Bearer " + token).equals(given)) {
                exchange.sendResponseHeaders(401, -1);
            } else if (query(exchange).containsKey("watch")) {
                watch(exchange);
            } else {
                list(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static boolean wanted(HttpExchange exchange, String plural, JsonNode object) {
        String path = exchange.getRequestURI().getPath();
        String namespace = object.path("metadata").path("namespace").asString("");
        boolean here = !path.contains("/namespaces/") || path.contains("/" + namespace + "/");
        Map<String, String> query = query(exchange);
        return path.endsWith("/" + plural)
                && here
                && selected(query.getOrDefault("labelSelector", ""), object, "metadata.labels.")
                && selected(query.getOrDefault("fieldSelector", ""), object, "");
    }

    private static boolean selected(String selector, JsonNode object, String prefix) {
        for (String term : selector.isEmpty() ? new String[0] : selector.split(",")) {
            String[] sides = term.split("=", 2);
            JsonNode at = object;
            for (String part : (prefix + sides[0]).split("\\.")) {
                at = at.path(part);
            }
            if (!at.asString("").equals(sides[1])) {
                return false;
            }
        }
        return true;
    }

    private void list(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange);
        int limit = Integer.parseInt(query.getOrDefault("limit", "1000000"));
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        ObjectNode metadata = answer.putObject("metadata");
        synchronized (this) {
            List<ObjectNode> all = new ArrayList<>();
            objects.forEach((key, object) -> {
                String plural = key.substring(0, key.indexOf('/'));
                if (wanted(exchange, plural, object)) {
                    all.add(object);
                }
            });
            int to = Math.min(all.size(), from + limit);
            all.subList(from, to).forEach(object -> items.add(object.deepCopy()));
            metadata.put("resourceVersion", "" + version);
            if (to < all.size()) {
                metadata.put("continue", "" + to);
            }
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void watch(HttpExchange exchange) throws IOException, InterruptedException {
        long at = Long.parseLong(query(exchange).getOrDefault("resourceVersion", "0"));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        long mine;
        synchronized (this) {
            mine = generation;
            if (at < compacted) {
                out.write(
                        "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n"
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
        }
        out.flush();
        while (true) {
            List<Event> news = next(exchange, at, mine);
            if (news.isEmpty()) {
                return;
            }
            for (Event event : news) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.put("type", event.type).set("object", event.object);
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                at = event.version;
            }
            out.flush();
        }
    }

    /// Waits for changes after a version; none when the watch shall end.
    private synchronized List<Event> next(HttpExchange exchange, long after, long mine)
            throws InterruptedException {
        while (generation == mine) {
            List<Event> news =
                    events.stream()
                            .filter(event -> event.version > after)
                            .filter(event ->
                                    event.type.equals("BOOKMARK")
                                            ? exchange.getRequestURI()
                                                    .getPath()
                                                    .endsWith("/" + event.plural)
                                            : wanted(exchange, event.plural, event.object))
                            .toList();
            if (!news.isEmpty()) {
                return news;
            }
            wait();
        }
        return List.of();
    }

    @Override
    public void close() {
        dropWatches();
        server.stop(0);
        executor.shutdownNow();
    }
}

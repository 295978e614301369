package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.http.OpenAnswer;
import io.framewatch.model.Clock;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Keeps a copy of one collection of the API: lists it page by page, then watches its changes from
/// the version listed, goes on from the latest version when a watch ends, and lists anew when the
/// server says that version is too old (410). Failures are tried again after 1, 2, 4 ... 30
/// seconds, and what is known stays. Thread safe.
final class ObjectWatch implements AutoCloseable {

    /// Most objects of one collection.
    static final int OBJECTS_MAX = 500_000;

    private static final int GONE = 410;
    private static final long BACKOFF_MS_MIN = 1_000;
    private static final long BACKOFF_MS_MAX = 30_000;

    /// The version that a watch was to start from is too old.
    private static final class GoneException extends Exception {

        private static final long serialVersionUID = 1L;

        GoneException() {
            super("the version is too old", null, false, false);
        }
    }

    private final ApiClient api;
    private final String path;
    private final String selectors;
    private final FinderCounts counts;
    private final Clock clock;
    private final Runnable changed;
    private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean listed;
    private volatile String problem = "";
    private volatile @Nullable OpenAnswer open;

    /// Starts at once. `selectors` are query parameters, each with `&` before it.
    ObjectWatch(
            ApiClient api,
            String path,
            String selectors,
            FinderCounts counts,
            Clock clock,
            Runnable changed) {
        this.api = api;
        this.path = path;
        this.selectors = selectors;
        this.counts = counts;
        this.clock = clock;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("kubernetes" + path).start(this::run);
    }

    /// The objects known, by `namespace/name`.
    Map<String, JsonNode> objects() {
        return objects;
    }

    /// Whether the collection has been listed once.
    boolean listed() {
        return listed;
    }

    /// What is wrong now; empty if all is well.
    String problem() {
        return problem;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void run() {
        String version = "";
        long backoffMs = BACKOFF_MS_MIN;
        while (!isClosed()) {
            long startNs = clock.nanoTime();
            try {
                if (version.isEmpty()) {
                    version = list();
                    well();
                }
                version = watch(version);
                backoffMs = BACKOFF_MS_MIN;
            } catch (GoneException e) {
                version = "";
                boolean atOnce = clock.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(1);
                if (atOnce && pause(BACKOFF_MS_MIN)) {
                    return;
                }
            } catch (FindException | IOException | JacksonException e) {
                if (isClosed()) {
                    return;
                }
                counts.failed();
                tell(path + ": " + e.getMessage() + ".");
                boolean stood = clock.nanoTime() - startNs > TimeUnit.MINUTES.toNanos(1);
                backoffMs = stood ? BACKOFF_MS_MIN : backoffMs;
                if (pause(backoffMs)) {
                    return;
                }
                backoffMs = Math.min(backoffMs * 2, BACKOFF_MS_MAX);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Waits; answers whether this was closed meanwhile.
    private boolean pause(long ms) {
        try {
            return closed.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void well() {
        counts.succeeded(clock.nowMs());
        listed = true;
        tell("");
    }

    private void tell(String text) {
        if (!text.equals(problem)) {
            problem = text;
        }
        changed.run();
    }

    /// Lists everything and answers the version it stands for.
    private String list() throws FindException, InterruptedException, GoneException {
        Map<String, JsonNode> found = new HashMap<>();
        String next = "";
        String version;
        do {
            ApiClient.Page page = api.page(path, selectors, next);
            if (page.status() == GONE) {
                throw new GoneException(); // the list changed too much between two pages
            }
            for (JsonNode item : page.items()) {
                put(found, item);
            }
            next = page.next();
            version = page.version();
        } while (!next.isEmpty());
        if (version.isEmpty()) {
            throw new FindException("the API's list names no resourceVersion");
        }
        objects.keySet().retainAll(found.keySet());
        objects.putAll(found);
        return version;
    }

    private void put(Map<String, JsonNode> into, JsonNode item) throws FindException {
        if (into.size() >= OBJECTS_MAX) {
            throw new FindException("more than " + OBJECTS_MAX + " objects");
        }
        if (item instanceof ObjectNode object) {
            into.put(key(item), Pruned.of(object));
        }
    }

    static String key(JsonNode object) {
        JsonNode metadata = object.path("metadata");
        return metadata.path("namespace").asString("") + "/" + metadata.path("name").asString("");
    }

    /// Takes changes from `version` on until the server ends the watch; answers the latest version.
    private String watch(String version)
            throws FindException, IOException, InterruptedException, GoneException {
        OpenAnswer answer = api.watch(path, selectors, version);
        open = answer;
        try (var body = answer.body()) {
            if (answer.status() == GONE) {
                throw new GoneException();
            }
            if (answer.status() != 200) {
                throw new FindException("the API answered HTTP status " + answer.status());
            }
            if (!problem.isEmpty()) {
                well();
            }
            String latest = version;
            LineReader lines = new LineReader(body);
            byte[] line = isClosed() ? null : lines.next();
            while (line != null) {
                latest = event(JsonMapper.shared().readTree(line), latest);
                line = lines.next();
            }
            return latest;
        } finally {
            open = null;
        }
    }

    /// Takes one change; answers the version it leads to.
    private String event(JsonNode event, String version) throws FindException, GoneException {
        JsonNode object = event.path("object");
        switch (event.path("type").asString("")) {
            case "ADDED", "MODIFIED" -> put(objects, object);
            case "DELETED" -> objects.remove(key(object));
            case "BOOKMARK" -> {}
            case "ERROR" -> {
                if (object.path("code").asInt(0) == GONE) {
                    throw new GoneException();
                }
                throw new FindException(
                        "the watch ended: " + object.path("message").asString("no reason given"));
            }
            default -> throw new FindException("the watch brought something that is no event");
        }
        changed.run();
        return object.path("metadata").path("resourceVersion").asString(version);
    }

    @Override
    public void close() {
        closed.countDown();
        OpenAnswer answer = open;
        if (answer != null) {
            try {
                answer.body().close();
            } catch (IOException e) {
                thread.interrupt();
            }
        }
        thread.interrupt();
    }
}

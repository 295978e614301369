package io.framewatch.respond.journal;

import io.framewatch.model.Clock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What each channel was told last about each group, kept over restarts so that nobody is told the
/// same twice within the repeat interval. Thread safe.
public final class NotificationLog implements AutoCloseable {

    /// How long an entry is kept after its last notification, milliseconds: five days.
    public static final long RETENTION_MS = 5L * 86_400_000;

    private static final int SUPERSEDED_LINES_MAX = 10_000;

    /// The last notification.
    ///
    /// @param firing fingerprints of the alerts told as firing
    /// @param resolved fingerprints of the alerts told as resolved
    /// @param atMs when, Unix milliseconds
    public record Entry(Set<String> firing, Set<String> resolved, long atMs) {}

    private final Clock clock;
    private final JsonLines file;
    private final Map<String, Entry> entries = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    /// Opens the log kept in `path`.
    public NotificationLog(Path path, Clock clock) {
        this.clock = clock;
        List<JsonNode> lines = new ArrayList<>();
        this.file = JsonLines.open(path, lines);
        for (JsonNode line : lines) {
            entries.put(
                    line.path("key").asString(""),
                    new Entry(
                            texts(line.path("firing")),
                            texts(line.path("resolved")),
                            line.path("at").asLong(0)));
        }
        compact();
    }

    /// The last notification of a channel about a group, or null if there was none.
    public @Nullable Entry last(String key) {
        lock.lock();
        try {
            return entries.get(key);
        } finally {
            lock.unlock();
        }
    }

    /// Remembers a notification; returns when it is on disk.
    public void remember(String key, Entry entry) {
        lock.lock();
        try {
            entries.put(key, entry);
            file.append(List.of(line(key, entry)));
            if (file.lines() > entries.size() + SUPERSEDED_LINES_MAX) {
                compact();
            }
        } finally {
            lock.unlock();
        }
    }

    private void compact() {
        long oldestMs = clock.nowMs() - RETENTION_MS;
        entries.values().removeIf(entry -> entry.atMs() < oldestMs);
        List<ObjectNode> lines = new ArrayList<>();
        entries.forEach((key, entry) -> lines.add(line(key, entry)));
        file.rewrite(lines);
    }

    private static ObjectNode line(String key, Entry entry) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("key", key);
        line.set("firing", list(entry.firing()));
        line.set("resolved", list(entry.resolved()));
        line.put("at", entry.atMs());
        return line;
    }

    private static ArrayNode list(Set<String> texts) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        texts.stream().sorted().forEach(list::add);
        return list;
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new HashSet<>();
        list.values().forEach(item -> texts.add(item.asString("")));
        return texts;
    }

    @Override
    public void close() {
        file.close();
    }
}

package io.framewatch.respond;

import io.framewatch.model.Tenant;
import io.framewatch.respond.journal.JsonLines;
import io.framewatch.respond.notify.Notification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What was told to whom and when, without any receiver being configured: the newest entries, kept
/// in a file over restarts. Thread safe.
public final class Inbox implements AutoCloseable {

    /// Most entries kept; the oldest goes first.
    public static final int ENTRIES_MAX = 1_000;

    /// Most alerts kept of one entry.
    public static final int ALERTS_PER_ENTRY_MAX = 200;

    private static final int SUPERSEDED_LINES_MAX = 4_000;

    private final JsonLines file;
    private final ReentrantLock lock = new ReentrantLock();

    /// By id, oldest first.
    private final Map<String, InboxEntry> entries = new LinkedHashMap<>();

    /// Ids of the open entries, by group.
    private final Map<String, String> openIds = new HashMap<>();

    /// Opens the inbox kept in `path`.
    public Inbox(Path path) {
        List<JsonNode> lines = new ArrayList<>();
        this.file = JsonLines.open(path, lines);
        lines.stream().map(InboxJson::read).forEach(this::keep);
        rewrite();
    }

    /// A tenant's entries, newest first, at most `most`.
    public List<InboxEntry> newest(Tenant tenant, int most) {
        lock.lock();
        try {
            return new ArrayList<>(entries.values())
                    .reversed().stream()
                            .filter(entry -> entry.tenant().equals(tenant))
                            .limit(most)
                            .toList();
        } finally {
            lock.unlock();
        }
    }

    /// Writes down that a group is told: opens an entry, or brings the open one up to date.
    ///
    /// @param channels names of the receiver's channels
    void told(Notification notification, List<String> channels) {
        lock.lock();
        try {
            InboxEntry before = open(notification);
            boolean resolved = notification.firing().isEmpty();
            if (before == null && resolved) {
                return;
            }
            long atMs = notification.atMs();
            save(
                    new InboxEntry(
                            before == null ? newId(notification) : before.id(),
                            notification.tenant(),
                            notification.groupKey(),
                            notification.receiver(),
                            notification.groupLabels(),
                            notification.alerts().stream().limit(ALERTS_PER_ENTRY_MAX).toList(),
                            notification.alerts().size(),
                            before == null ? atMs : before.notifiedAtMs(),
                            atMs,
                            resolved ? atMs : 0,
                            results(before, channels, atMs)));
        } finally {
            lock.unlock();
        }
    }

    /// What is known of each channel; nothing yet of new ones.
    private static List<ChannelResult> results(
            @Nullable InboxEntry before, List<String> channels, long atMs) {
        List<ChannelResult> known = before == null ? List.of() : before.channels();
        List<ChannelResult> results = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            String channel = channels.get(i);
            boolean same = i < known.size() && known.get(i).channel().equals(channel);
            results.add(same ? known.get(i) : waiting(channel, atMs));
        }
        return List.copyOf(results);
    }

    private static ChannelResult waiting(String channel, long atMs) {
        return new ChannelResult(channel, ChannelResult.Status.WAITING, 0, atMs, atMs, "");
    }

    /// Writes down what became of a notification on a channel.
    void attempted(Notification notification, int channelIndex, ChannelResult result) {
        lock.lock();
        try {
            InboxEntry entry = latest(notification);
            if (entry == null || channelIndex >= entry.channels().size()) {
                return;
            }
            List<ChannelResult> channels = new ArrayList<>(entry.channels());
            channels.set(channelIndex, result);
            save(
                    new InboxEntry(
                            entry.id(),
                            entry.tenant(),
                            entry.groupKey(),
                            entry.receiver(),
                            entry.groupLabels(),
                            entry.alerts(),
                            entry.alertsTotal(),
                            entry.notifiedAtMs(),
                            entry.updatedAtMs(),
                            entry.resolvedAtMs(),
                            List.copyOf(channels)));
        } finally {
            lock.unlock();
        }
    }

    private @Nullable InboxEntry open(Notification notification) {
        String id = openIds.get(group(notification.tenant(), notification.groupKey()));
        return id == null ? null : entries.get(id);
    }

    /// The entry a notification belongs to: the newest of its group.
    private @Nullable InboxEntry latest(Notification notification) {
        for (InboxEntry entry : new ArrayList<>(entries.values()).reversed()) {
            if (entry.tenant().equals(notification.tenant())
                    && entry.groupKey().equals(notification.groupKey())) {
                return entry;
            }
        }
        return null;
    }

    private static String newId(Notification notification) {
        String name = notification.tenant() + " " + notification.groupKey();
        return Long.toHexString(notification.atMs()) + "-" + Integer.toHexString(name.hashCode());
    }

    private static String group(Tenant tenant, String groupKey) {
        return tenant + " " + groupKey;
    }

    private void save(InboxEntry entry) {
        keep(entry);
        file.append(List.of(InboxJson.write(entry)));
        if (file.lines() > entries.size() + SUPERSEDED_LINES_MAX) {
            rewrite();
        }
    }

    private void keep(InboxEntry entry) {
        entries.put(entry.id(), entry);
        String group = group(entry.tenant(), entry.groupKey());
        if (entry.isOpen()) {
            openIds.put(group, entry.id());
        } else {
            openIds.remove(group, entry.id());
        }
        while (entries.size() > ENTRIES_MAX) {
            InboxEntry oldest = entries.values().iterator().next();
            entries.remove(oldest.id());
            openIds.remove(group(oldest.tenant(), oldest.groupKey()), oldest.id());
        }
    }

    private void rewrite() {
        file.rewrite(entries.values().stream().map(InboxJson::write).toList());
    }

    @Override
    public void close() {
        file.close();
    }
}

package io.framewatch.store.memory;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The reference [LogStore]: lines in memory in time order, the oldest given up when the budget is
/// spent. Guarded by its own monitor.
public final class InMemoryLogStore implements LogStore {

    /// What a line costs beside its text, bytes, roughly.
    private static final long LINE_OVERHEAD_BYTES = 96;

    private final long bytesMax;
    private final Map<Tenant, NavigableMap<Key, LogEntry>> tenants = new HashMap<>();
    private long bytes;
    private long arrivals;

    /// Order of lines: time, stream, arrival.
    private record Key(long timestampNs, Labels stream, long arrival) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int byTime = Long.compare(timestampNs, other.timestampNs);
            if (byTime != 0) {
                return byTime;
            }
            int byStream = stream.compareTo(other.stream);
            return byStream != 0 ? byStream : Long.compare(arrival, other.arrival);
        }
    }

    /// An empty store that holds about `bytesMax` bytes of lines, all tenants together.
    public InMemoryLogStore(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public synchronized void append(Tenant tenant, List<LogEntry> entries) {
        NavigableMap<Key, LogEntry> lines = tenants.computeIfAbsent(tenant, _ -> new TreeMap<>());
        for (LogEntry entry : entries) {
            lines.put(new Key(entry.timestampNs(), entry.stream(), arrivals++), entry);
            bytes += cost(entry);
        }
        while (bytes > bytesMax) {
            giveUpOldest();
        }
    }

    private static long cost(LogEntry entry) {
        return entry.line().length() + LINE_OVERHEAD_BYTES;
    }

    private void giveUpOldest() {
        NavigableMap<Key, LogEntry> oldest = null;
        for (NavigableMap<Key, LogEntry> lines : tenants.values()) {
            if (!lines.isEmpty()
                    && (oldest == null || lines.firstKey().compareTo(oldest.firstKey()) < 0)) {
                oldest = lines;
            }
        }
        if (oldest != null) {
            bytes -= cost(oldest.pollFirstEntry().getValue());
        }
    }

    @Override
    public void select(Tenant tenant, LogSelection selection, Predicate<LogEntry> sink) {
        int handed = 0;
        for (LogEntry entry : between(tenant, selection)) {
            if (handed == selection.linesMax()) {
                return;
            }
            if (selection.accepts(entry)) {
                handed++;
                if (!sink.test(entry)) {
                    return;
                }
            }
        }
    }

    private synchronized Collection<LogEntry> between(Tenant tenant, LogSelection selection) {
        if (selection.fromNs() >= selection.toNs()) {
            return List.of();
        }
        NavigableMap<Key, LogEntry> range = range(tenant, selection.fromNs(), selection.toNs());
        return List.copyOf(
                selection.newestFirst() ? range.descendingMap().values() : range.values());
    }

    private NavigableMap<Key, LogEntry> range(Tenant tenant, long fromNs, long toNs) {
        NavigableMap<Key, LogEntry> lines = tenants.getOrDefault(tenant, new TreeMap<>());
        return lines.subMap(
                new Key(fromNs, Labels.EMPTY, Long.MIN_VALUE),
                true,
                new Key(toNs, Labels.EMPTY, Long.MIN_VALUE),
                false);
    }

    @Override
    public synchronized List<Labels> streams(
            Tenant tenant, List<Matcher> matchers, long fromNs, long toNs) {
        if (fromNs >= toNs) {
            return List.of();
        }
        return new ArrayList<>(range(tenant, fromNs, toNs).values())
                .stream()
                        .map(LogEntry::stream)
                        .distinct()
                        .filter(s -> s.matches(matchers))
                        .sorted()
                        .toList();
    }

    @Override
    public synchronized void close() {
        tenants.clear();
        bytes = 0;
    }
}

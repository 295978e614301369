package io.framewatch.store.logs;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import io.framewatch.store.record.LogRecord;
import io.framewatch.store.tail.Tail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lines on their way in: gathered into a record, measured. Not thread safe.
final class LogAppend {

    /// What a line takes in memory beside its characters, bytes, roughly.
    private static final long LINE_BYTES = 128;

    private static final long DAY_NS = 86_400_000_000_000L;

    private final StreamIds ids;
    private final Tenant tenant;
    private final List<LogEntry> entries;
    private final List<LogRecord.StreamRow> streams = new ArrayList<>();
    private final List<LogRecord.DayRow> days = new ArrayList<>();
    private final List<LogRecord.LineRow> lines;
    private final Map<Labels, Integer> indexes = new HashMap<>();
    private final Set<StreamIds.Day> telling = new HashSet<>();
    private long bytes;
    private long minNs = Long.MAX_VALUE;
    private long maxNs = Long.MIN_VALUE;

    LogAppend(StreamIds ids, Tenant tenant, List<LogEntry> entries) {
        this.ids = ids;
        this.tenant = tenant;
        this.entries = List.copyOf(entries);
        this.lines = new ArrayList<>(entries.size());
        this.entries.forEach(this::add);
    }

    private void add(LogEntry entry) {
        int stream = indexes.computeIfAbsent(entry.stream(), this::stream);
        StreamIds.Day day =
                new StreamIds.Day(
                        streams.get(stream).id(), (int) Math.floorDiv(entry.timestampNs(), DAY_NS));
        if (!ids.isTold(day) && telling.add(day)) {
            days.add(new LogRecord.DayRow(stream, day.day()));
        }
        lines.add(
                new LogRecord.LineRow(stream, entry.timestampNs(), entry.line(), entry.metadata()));
        bytes += bytes(entry);
        minNs = Math.min(minNs, entry.timestampNs());
        maxNs = Math.max(maxNs, entry.timestampNs());
    }

    private int stream(Labels labels) {
        streams.add(new LogRecord.StreamRow(ids.id(tenant, labels), labels));
        return streams.size() - 1;
    }

    /// Labels belong to many lines, so they are not counted.
    private static long bytes(LogEntry entry) {
        long own = LINE_BYTES + entry.line().length();
        for (int i = 0; i < entry.metadata().size(); i++) {
            own += LINE_BYTES + entry.metadata().valueAt(i).length();
        }
        return own;
    }

    LogRecord record() {
        return new LogRecord(tenant, streams, days, lines);
    }

    long minNs() {
        return minNs;
    }

    long maxNs() {
        return maxNs;
    }

    Tail.Chunk<LogEntry> chunk() {
        return new Tail.Chunk<>(tenant, entries, minNs, maxNs, bytes);
    }

    /// To be called once the record is durable.
    void told() {
        ids.told(telling);
    }
}

package io.framewatch.store.logs;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.LogRange;
import io.framewatch.store.clickhouse.LogTable;
import io.framewatch.store.clickhouse.Reading;
import io.framewatch.store.clickhouse.StreamTable;
import io.framewatch.store.clickhouse.Times;
import io.framewatch.store.flush.Flushed;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.record.LogRecord;
import io.framewatch.store.record.RecordType;
import io.framewatch.store.tail.Signal;
import io.framewatch.store.tail.Tail;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The durable [LogStore]: write-ahead log, memory, engine. What [#append] has returned for
/// survives any crash and is stored once. While the engine is away, appends go on, and so do
/// selects of times that the memory holds wholly. Log and engine stay open when the store is
/// closed. Thread safe.
public final class EngineLogStore implements LogStore, Journal.Follower {

    /// Most streams that one select may read.
    private static final int STREAMS_MAX = 100_000;

    private static final long NS_PER_MS = 1_000_000L;

    private static final Comparator<LogEntry> ORDER =
            Comparator.comparingLong(LogEntry::timestampNs).thenComparing(LogEntry::stream);

    private final Journal journal;
    private final ClickHouse clickHouse;
    private final Signal limits;
    private final Clock clock;
    private final StreamIds ids;
    private final Tail<LogEntry> tail;

    /// A store whose log is `journal`, which must not have been started; `key` is that of the
    /// series ids. The engine need not answer yet.
    public EngineLogStore(
            Journal journal, ClickHouse clickHouse, byte[] key, Signal limits, Clock clock) {
        this.journal = journal;
        this.clickHouse = clickHouse;
        this.limits = limits;
        this.clock = clock;
        this.ids = new StreamIds(key);
        this.tail = new Tail<>("log lines", limits.tailBytesMax(), clock.nowMs() * NS_PER_MS);
        journal.follow(RecordType.LOGS, this);
    }

    @Override
    public void append(Tenant tenant, List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        LogAppend append = new LogAppend(ids, tenant, entries);
        limits.check("log line", append.minNs(), append.maxNs(), clock.nowMs(), Times.MAX_MS);
        Tail.Chunk<LogEntry> chunk = append.chunk();
        tail.admit(chunk.bytes());
        long sequence = 0;
        try {
            sequence = journal.append(RecordType.LOGS, append.record().encode());
        } finally {
            if (sequence == 0) {
                tail.withdraw(chunk.bytes());
            }
        }
        append.told();
        tail.add(sequence, chunk);
    }

    @Override
    public void unflushed(long sequence, ByteBuffer payload) {
        LogRecord record = LogRecord.decode(payload);
        Tail.Chunk<LogEntry> chunk = new LogAppend(ids, record.tenant(), record.entries()).chunk();
        tail.restore(sequence, chunk);
    }

    @Override
    public void flushed(Flushed to) {
        tail.flushed(to);
    }

    @Override
    public void select(Tenant tenant, LogSelection selection, Predicate<LogEntry> sink) {
        long fromNs = Times.clampNs(selection.fromNs());
        long toNs = Times.clampNs(selection.toNs());
        if (fromNs >= toNs) {
            return;
        }
        if (tail.holdsAllFrom(fromNs)) {
            hand(sorted(tail.all(tenant, fromNs, toNs), selection), null, selection, sink);
            return;
        }
        journal.awaitReady(limits.patience());
        Tail.View<LogEntry> view = tail.view(tenant, fromNs, toNs, journal.flushed());
        LogRange range =
                new LogRange(tenant, selection.matchers(), fromNs, toNs, view.flushed().batch());
        LogCursor cursor =
                new LogCursor(
                        clickHouse,
                        range,
                        byLabels(streams(range)),
                        selection,
                        clock,
                        limits.readMax());
        hand(sorted(view.unflushed(), selection), cursor, selection, sink);
    }

    private static List<LogEntry> sorted(List<LogEntry> entries, LogSelection selection) {
        List<LogEntry> sorted = new ArrayList<>();
        for (LogEntry entry : entries) {
            if (selection.accepts(entry)) {
                sorted.add(entry);
            }
        }
        sorted.sort(ORDER);
        return selection.newestFirst() ? sorted.reversed() : sorted;
    }

    /// Merges what is in memory with what the cursor reads; of lines that go before each other in
    /// nothing, those of the engine came first.
    private static void hand(
            List<LogEntry> memory,
            @Nullable LogCursor cursor,
            LogSelection selection,
            Predicate<LogEntry> sink) {
        LogEntry read = cursor == null ? null : cursor.next();
        int at = 0;
        for (int handed = 0; handed < selection.linesMax(); handed++) {
            LogEntry held = at < memory.size() ? memory.get(at) : null;
            if (held == null && read == null) {
                return;
            }
            boolean takeRead = read != null && (held == null || goesFirst(read, held, selection));
            LogEntry next = takeRead ? read : held;
            if (next == null || !sink.test(next)) {
                return;
            }
            if (takeRead && cursor != null) {
                read = handed + 1 < selection.linesMax() ? cursor.next() : null;
            } else {
                at++;
            }
        }
    }

    private static boolean goesFirst(LogEntry read, LogEntry held, LogSelection selection) {
        int order = ORDER.compare(read, held);
        return selection.newestFirst() ? order > 0 : order <= 0;
    }

    private List<StreamTable.Found> streams(LogRange range) {
        List<StreamTable.Found> found =
                Reading.told(() -> StreamTable.find(clickHouse, range, STREAMS_MAX));
        if (found.size() > STREAMS_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query selects more than " + STREAMS_MAX + " streams.",
                            "Narrow its selectors."));
        }
        return found;
    }

    private static Map<Long, Labels> byLabels(List<StreamTable.Found> streams) {
        Map<Long, Labels> sorted = new LinkedHashMap<>();
        streams.stream()
                .sorted(Comparator.comparing(StreamTable.Found::labels))
                .forEach(stream -> sorted.put(stream.id(), stream.labels()));
        return sorted;
    }

    @Override
    public List<Labels> streams(Tenant tenant, List<Matcher> matchers, long fromNs, long toNs) {
        long from = Times.clampNs(fromNs);
        long to = Times.clampNs(toNs);
        Set<Labels> all = new TreeSet<>();
        if (from >= to) {
            return List.of();
        }
        if (tail.holdsAllFrom(from)) {
            addStreams(all, tail.all(tenant, from, to), matchers, from, to);
            return List.copyOf(all);
        }
        journal.awaitReady(limits.patience());
        Tail.View<LogEntry> view = tail.view(tenant, from, to, journal.flushed());
        addStreams(all, view.unflushed(), matchers, from, to);
        LogRange range = new LogRange(tenant, matchers, from, to, view.flushed().batch());
        List<StreamTable.Found> doubtful = new ArrayList<>();
        for (StreamTable.Found stream : streams(range)) {
            if (stream.certain()) {
                all.add(stream.labels());
            } else if (!all.contains(stream.labels())) {
                doubtful.add(stream);
            }
        }
        if (!doubtful.isEmpty()) {
            long[] asked = doubtful.stream().mapToLong(StreamTable.Found::id).toArray();
            Set<Long> there = Reading.told(() -> LogTable.streams(clickHouse, range, asked));
            doubtful.stream()
                    .filter(stream -> there.contains(stream.id()))
                    .forEach(stream -> all.add(stream.labels()));
        }
        return List.copyOf(all);
    }

    private static void addStreams(
            Set<Labels> all, List<LogEntry> entries, List<Matcher> matchers, long from, long to) {
        for (LogEntry entry : entries) {
            if (entry.timestampNs() >= from
                    && entry.timestampNs() < to
                    && entry.stream().matches(matchers)) {
                all.add(entry.stream());
            }
        }
    }

    /// Memory that lines take, bytes, roughly.
    public long tailBytes() {
        return tail.bytes();
    }

    /// Nothing to let go of.
    @Override
    public void close() {
        // log and engine belong to whoever opened them
    }
}

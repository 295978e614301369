package io.framewatch.store.traces;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.TraceStore;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.OperationTable;
import io.framewatch.store.clickhouse.Reading;
import io.framewatch.store.clickhouse.SpanTable;
import io.framewatch.store.clickhouse.Times;
import io.framewatch.store.flush.Flushed;
import io.framewatch.store.flush.Journal;
import io.framewatch.store.record.RecordType;
import io.framewatch.store.record.SpanRecord;
import io.framewatch.store.tail.Signal;
import io.framewatch.store.tail.Tail;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// The durable [TraceStore]: write-ahead log, memory, engine. What [#append] has returned for
/// survives any crash and is answered once. While the engine is away, appends go on, and so do
/// reads of what the memory holds. Log and engine stay open when the store is closed. Thread safe.
public final class EngineTraceStore implements TraceStore, Journal.Follower {

    /// Most spans that one read may give.
    private static final int SPANS_MAX = 200_000;

    /// Most services, and operations of a service, that are listed.
    private static final int NAMES_MAX = 10_000;

    private static final long NS_PER_MS = 1_000_000L;

    private final Journal journal;
    private final ClickHouse clickHouse;
    private final Signal limits;
    private final Clock clock;
    private final Operations operations = new Operations();
    private final Tail<Span> tail;
    private final SpanMemory memory = SpanMemory.ofProcess();

    /// A store whose log is `journal`, which must not have been started. The engine need not answer
    /// yet.
    public EngineTraceStore(Journal journal, ClickHouse clickHouse, Signal limits, Clock clock) {
        this.journal = journal;
        this.clickHouse = clickHouse;
        this.limits = limits;
        this.clock = clock;
        this.tail = new Tail<>("spans", limits.tailBytesMax(), clock.nowMs() * NS_PER_MS);
        journal.follow(RecordType.SPANS, this);
    }

    @Override
    public void append(Tenant tenant, List<Span> spans) {
        if (spans.isEmpty()) {
            return;
        }
        SpanAppend append = new SpanAppend(operations, tenant, spans);
        limits.check("span", append.minNs(), append.maxNs(), clock.nowMs(), Times.MAX_MS);
        Tail.Chunk<Span> chunk = append.chunk();
        tail.admit(chunk.bytes());
        long sequence = 0;
        try {
            sequence = journal.append(RecordType.SPANS, append.record().encode());
        } finally {
            if (sequence == 0) {
                tail.withdraw(chunk.bytes());
            }
        }
        operations.told(tenant, append.operations());
        tail.add(sequence, chunk);
    }

    @Override
    public void unflushed(long sequence, ByteBuffer payload) {
        SpanRecord record = SpanRecord.decode(payload);
        tail.restore(sequence, new SpanAppend(operations, record.tenant(), record.spans()).chunk());
    }

    @Override
    public void flushed(Flushed to) {
        tail.flushed(to);
    }

    @Override
    public List<Span> trace(Tenant tenant, String traceId) {
        if (!SpanAppend.isTraceId(traceId)) {
            return List.of();
        }
        return whole(tenant, Set.of(traceId)).trace(traceId);
    }

    /// All spans of these traces.
    private Traces whole(Tenant tenant, Collection<String> traceIds) {
        return withEngine(
                tenant,
                view ->
                        new Traces()
                                .addAll(read(tenant, traceIds, view.flushed().batch()))
                                .addAll(of(view.unflushed(), traceIds)),
                () -> {
                    List<Span> held = of(held(tenant), traceIds);
                    return held.isEmpty() ? null : new Traces().addAll(held);
                });
    }

    private List<Span> read(Tenant tenant, Collection<String> traceIds, long batchMax) {
        try (SpanMemory.Read reading = memory.read()) {
            List<Span> read =
                    SpanTable.spans(
                            clickHouse,
                            tenant,
                            List.copyOf(traceIds),
                            batchMax,
                            SPANS_MAX,
                            span -> reading.add(SpanAppend.bytesRead(span)));
            checkSpans(read.size());
            return read;
        }
    }

    private static List<Span> of(List<Span> spans, Collection<String> traceIds) {
        return spans.stream().filter(span -> traceIds.contains(span.traceId())).toList();
    }

    private List<Span> held(Tenant tenant) {
        return tail.all(tenant, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static void checkSpans(int spans) {
        if (spans > SPANS_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The traces have more than " + SPANS_MAX + " spans.",
                            "Ask for fewer traces, or narrow the search."));
        }
    }

    /// Answers from the engine and from memory; when the engine is away, with what `memory` has to
    /// say, unless that is null.
    private <R> R withEngine(
            Tenant tenant,
            Function<Tail.View<Span>, R> both,
            Supplier<@org.jspecify.annotations.Nullable R> memory) {
        try {
            journal.awaitReady(limits.patience());
            Tail.View<Span> view =
                    tail.view(tenant, Long.MIN_VALUE, Long.MAX_VALUE, journal.flushed());
            return Reading.told(() -> both.apply(view));
        } catch (FaultException away) {
            R known = away.fault().turn() == Fault.Turn.LATER ? memory.get() : null;
            if (known == null) {
                throw away;
            }
            return known;
        }
    }

    @Override
    public List<List<Span>> search(Tenant tenant, TraceSelection selection) {
        Set<String> found = new LinkedHashSet<>();
        if (tail.holdsAllFrom(selection.fromNs())) {
            found.addAll(matching(held(tenant), selection));
        } else {
            journal.awaitReady(limits.patience());
            Tail.View<Span> view =
                    tail.view(
                            tenant,
                            selection.fromNs(),
                            Times.clampNs(selection.toNs()) + 1,
                            journal.flushed());
            found.addAll(matching(view.unflushed(), selection));
            found.addAll(
                    new TraceSearch(
                                    clickHouse,
                                    tenant,
                                    selection,
                                    view.flushed().batch(),
                                    clock,
                                    limits.readMax())
                            .ids());
        }
        return found.isEmpty()
                ? List.of()
                : whole(tenant, found).newestFirst(selection.tracesMax());
    }

    /// Ids of the traces with a span that meets the conditions, the newest such span first, as many
    /// as are asked for.
    private static List<String> matching(List<Span> spans, TraceSelection selection) {
        return spans.stream()
                .filter(selection::accepts)
                .sorted(Comparator.comparingLong(Span::startNs).reversed())
                .map(Span::traceId)
                .distinct()
                .limit(selection.tracesMax())
                .toList();
    }

    @Override
    public List<String> services(Tenant tenant) {
        Set<String> all = new TreeSet<>(Labels::compareCodePoints);
        withEngine(
                tenant,
                view -> {
                    view.unflushed().forEach(span -> all.add(span.service()));
                    return all.addAll(
                            OperationTable.services(
                                    clickHouse, tenant, view.flushed().batch(), NAMES_MAX));
                },
                () -> {
                    held(tenant).forEach(span -> all.add(span.service()));
                    return all.isEmpty() ? null : true;
                });
        return List.copyOf(all);
    }

    @Override
    public List<Operation> operations(Tenant tenant, String service) {
        Set<Operation> all = new HashSet<>();
        withEngine(
                tenant,
                view -> {
                    add(all, view.unflushed(), service);
                    return all.addAll(
                            OperationTable.operations(
                                    clickHouse,
                                    tenant,
                                    service,
                                    view.flushed().batch(),
                                    NAMES_MAX));
                },
                () -> {
                    add(all, held(tenant), service);
                    return all.isEmpty() ? null : true;
                });
        List<Operation> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Operation::name).thenComparing(Operation::kind));
        return sorted;
    }

    private static void add(Set<Operation> all, List<Span> spans, String service) {
        for (Span span : spans) {
            if (span.service().equals(service)) {
                all.add(new Operation(span.name(), span.kind()));
            }
        }
    }

    /// Memory that spans take, bytes, roughly.
    public long tailBytes() {
        return tail.bytes();
    }

    /// Nothing to let go of.
    @Override
    public void close() {
        // log and engine belong to whoever opened them
    }
}

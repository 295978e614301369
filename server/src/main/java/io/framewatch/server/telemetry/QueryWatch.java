package io.framewatch.server.telemetry;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Which queries of people and programs run now, and which took long lately. Those of rules are
/// told with the rules. Thread safe.
public final class QueryWatch {

    /// A query that takes this long is remembered, milliseconds.
    public static final long SLOW_MS = 1_000;

    private static final int SLOW_KEPT_MAX = 50;
    private static final int TEXT_CHARS_MAX = 2_000;

    private final Clock clock;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Query> running = new ConcurrentHashMap<>();
    private final Deque<Slow> slow = new ArrayDeque<>();

    /// A query under way.
    ///
    /// @param tenant whose data it reads
    /// @param language `promql` or `logql`
    /// @param text what was asked, cut
    /// @param spanMs how much time it covers, milliseconds; 0 for one instant
    /// @param startedMs when it began, Unix milliseconds
    public record Query(Tenant tenant, String language, String text, long spanMs, long startedMs) {}

    /// A query that took long.
    ///
    /// @param query which
    /// @param tookMs how long, milliseconds
    /// @param failure code of the fault it ended with, empty if it was answered
    public record Slow(Query query, long tookMs, String failure) {}

    /// Watches nothing yet.
    public QueryWatch(Clock clock) {
        this.clock = clock;
    }

    /// Answers what `work` does, and watches it meanwhile.
    public <T> T watch(Tenant tenant, String language, String text, long spanMs, Supplier<T> work) {
        String cut = text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) : text;
        Query query = new Query(tenant, language, cut, spanMs, clock.nowMs());
        long id = ids.incrementAndGet();
        long startNs = clock.nanoTime();
        running.put(id, query);
        String failure = "";
        try {
            return work.get();
        } catch (FaultException e) {
            failure = e.fault().code();
            throw e;
        } finally {
            running.remove(id);
            ended(query, (clock.nanoTime() - startNs) / 1_000_000, failure);
        }
    }

    private void ended(Query query, long tookMs, String failure) {
        if (tookMs < SLOW_MS) {
            return;
        }
        synchronized (slow) {
            slow.addFirst(new Slow(query, tookMs, failure));
            if (slow.size() > SLOW_KEPT_MAX) {
                slow.removeLast();
            }
        }
    }

    /// Those that run, the oldest first.
    public List<Query> running() {
        return running.values().stream()
                .sorted(Comparator.comparingLong(Query::startedMs))
                .toList();
    }

    /// The last ones that took long, the slowest first.
    public List<Slow> slow() {
        List<Slow> all;
        synchronized (slow) {
            all = new ArrayList<>(slow);
        }
        all.sort(Comparator.comparingLong(Slow::tookMs).reversed());
        return all;
    }
}

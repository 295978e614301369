package io.framewatch.store.traces;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.ReadDeadline;
import io.framewatch.store.clickhouse.Reading;
import io.framewatch.store.clickhouse.SpanTable;
import io.framewatch.store.clickhouse.Times;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks for the newest traces of a selection in the engine: in windows of time from the newest on,
/// each longer than the one before, so that a month is not gone through for the twenty traces of
/// the last minutes, and no question needs memory for all traces of a month. Not thread safe.
final class TraceSearch {

    private static final Duration WINDOW_FIRST = Duration.ofMinutes(15);
    private static final int WINDOW_GROWTH = 4;

    /// A window that the engine has no memory for is made shorter, but not below this.
    private static final long WINDOW_MIN_NS = 1_000_000_000L;

    private final ClickHouse clickHouse;
    private final Tenant tenant;
    private final TraceSelection selection;
    private final long batchMax;
    private final ReadDeadline deadline;
    private long windowNs = WINDOW_FIRST.toNanos();

    TraceSearch(
            ClickHouse clickHouse,
            Tenant tenant,
            TraceSelection selection,
            long batchMax,
            Clock clock,
            Duration readMax) {
        this.clickHouse = clickHouse;
        this.tenant = tenant;
        this.selection = selection;
        this.batchMax = batchMax;
        this.deadline = new ReadDeadline(clock, readMax);
    }

    /// Ids of the traces, the one with the newest span that meets the conditions first.
    Set<String> ids() {
        long from = Times.clampNs(selection.fromNs());
        long to = Times.clampNs(selection.toNs()) + 1; // it is inclusive
        Set<String> found = new LinkedHashSet<>();
        while (to > from && found.size() < selection.tracesMax()) {
            long begin = to - from > windowNs ? to - windowNs : from;
            List<String> newer = window(begin, to);
            if (newer != null) {
                found.addAll(newer);
                to = begin;
                windowNs = Math.min(windowNs, Long.MAX_VALUE / WINDOW_GROWTH) * WINDOW_GROWTH;
            }
        }
        return found;
    }

    /// What is found in a window; null if it is to be asked again, with a shorter one.
    private @Nullable List<String> window(long fromNs, long toNs) {
        try {
            return SpanTable.search(
                    clickHouse, tenant, selection, fromNs, toNs, batchMax, deadline.left());
        } catch (EngineException refused) {
            if (refused.code() == EngineException.MEMORY && toNs - fromNs > WINDOW_MIN_NS) {
                windowNs = Math.max(WINDOW_MIN_NS, (toNs - fromNs) / WINDOW_GROWTH);
                return null;
            }
            throw Reading.fault(refused);
        }
    }
}

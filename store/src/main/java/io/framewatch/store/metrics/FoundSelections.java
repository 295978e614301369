package io.framewatch.store.metrics;

import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.clickhouse.FoundSeries;
import io.framewatch.store.clickhouse.Times;
import io.framewatch.store.record.MetricRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which series the engine was found to have for the latest selectors, by whole days: to find them
/// costs the engine more than to read the samples of a few, and dashboards ask the same selectors
/// again and again. What was found holds until a record tells of a new series, of a series on a new
/// day, or of its first histogram on a day. Only this process writes into the tables, so it sees
/// all of these. Thread safe.
final class FoundSelections {

    private static final long DAY_MS = 86_400_000;

    /// Selections kept; the one not asked for longest goes first.
    private static final int KEPT_MAX = 256;

    /// Series that all kept selections may have, about half a kilobyte each; one selection may have
    /// half of them.
    private static final int SERIES_MAX = 32_768;

    /// Series on days that are known to have histograms, of all tenants; beyond, they are learned
    /// anew.
    private static final int HISTOGRAMS_MAX = 100_000;

    private record Key(Tenant tenant, List<Matcher> matchers, TimeRange days) {}

    private record Kept(long changes, FoundSeries found) {}

    private record HistogramDay(long id, long day) {

        static HistogramDay of(MetricRecord.HistogramRow row) {
            return new HistogramDay(row.id(), Math.floorDiv(row.timestampMs(), DAY_MS));
        }
    }

    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Tenant, Long> changes = new HashMap<>();
    private final Set<HistogramDay> histograms = new HashSet<>();
    private int series;

    /// Whether a record tells of something by which a selection may change: then [#entered] is to
    /// be called when it has come into the log.
    boolean isNews(MetricRecord record) {
        return !record.series().isEmpty()
                || !record.days().isEmpty()
                || !record.histograms().isEmpty() && isFirst(record);
    }

    private synchronized boolean isFirst(MetricRecord record) {
        return !record.histograms().stream().map(HistogramDay::of).allMatch(histograms::contains);
    }

    /// A record that is news has come into the log: to be called before anybody is told that it
    /// has.
    synchronized void entered(MetricRecord record) {
        if (histograms.size() > HISTOGRAMS_MAX) {
            histograms.clear();
        }
        record.histograms().forEach(row -> histograms.add(HistogramDay.of(row)));
        changes.merge(record.tenant(), 1L, Long::sum);
    }

    /// How often something new was told of a tenant: to be asked before what was told is waited for
    /// to be in the engine.
    synchronized long changes(Tenant tenant) {
        return changes.getOrDefault(tenant, 0L);
    }

    /// The series of whole days around `range`, as they were found when `changes` was counted, or
    /// by `search` over those days now.
    FoundSeries find(
            Tenant tenant,
            List<Matcher> matchers,
            TimeRange range,
            long changes,
            Function<TimeRange, FoundSeries> search) {
        TimeRange days = days(range);
        Key key = new Key(tenant, List.copyOf(matchers), days);
        FoundSeries known = known(key, changes);
        if (known != null) {
            return known;
        }
        FoundSeries found = search.apply(days);
        keep(key, new Kept(changes, found));
        return found;
    }

    private static TimeRange days(TimeRange range) {
        long from = Math.clamp(range.fromMs(), Times.MIN_MS, Times.MAX_MS);
        long to = Math.clamp(range.toMs(), Times.MIN_MS, Times.MAX_MS);
        return new TimeRange(
                Math.floorDiv(from, DAY_MS) * DAY_MS,
                Math.floorDiv(to, DAY_MS) * DAY_MS + DAY_MS - 1);
    }

    private synchronized @Nullable FoundSeries known(Key key, long counted) {
        Kept known = kept.get(key);
        return known == null || known.changes != counted ? null : known.found;
    }

    private synchronized void keep(Key key, Kept found) {
        forget(key);
        if (found.found.size() > SERIES_MAX / 2) {
            return;
        }
        kept.put(key, found);
        series += found.found.size();
        while (kept.size() > KEPT_MAX || series > SERIES_MAX) {
            forget(kept.keySet().iterator().next());
        }
    }

    private void forget(Key key) {
        Kept gone = kept.remove(key);
        series -= gone == null ? 0 : gone.found.size();
    }
}

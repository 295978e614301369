package io.framewatch.store.hot;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.PairSink;
import io.framewatch.store.index.SeriesRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The active series of one tenant and the window over them. Thread safe.
public final class HotTenant {

    /// What a series takes on the heap beside its labels and its place in the index, bytes.
    static final int SERIES_BYTES = 172;

    /// Up to so many series the registry is swept whenever one is left without samples; of more,
    /// only when one in [#IDLE_SHARE] is, since the index is then written anew.
    private static final int SWEPT_AT_ONCE = 10_000;

    private static final int IDLE_SHARE = 50;

    /// After so many new series it is looked whether they are crowded.
    private static final int MADE_PER_LOOK = 16;

    /// Series without a sample for so long have ended: no query that looks back the usual five
    /// minutes finds them.
    private static final long ENDED_MS = 300_000;

    /// Of the series that may be, this share goes at once where they are crowded.
    private static final int LET_GO_SHARE = 10;

    private final HotMemory memory;
    private final int seriesMax;
    private final Tenant tenant;
    private final SeriesRegistry<HotSeries> registry;
    private final Selections selections = new Selections();

    /// Held shared from the entering of a sample to its durability, alone while samples are
    /// forgotten.
    private final ReadWriteLock sweeping = new ReentrantReadWriteLock();

    /// Heap bytes of series and index that were counted last. Guarded by `sweeping` held alone, or
    /// by this.
    private long countedBytes;

    /// Series made so far. Guarded by the registry's lock.
    private int made;

    /// Samples from here on are entered.
    private volatile long keptFromMs;

    /// From here on the window is complete.
    private volatile long hotStartMs;

    HotTenant(
            HotMemory memory,
            Tenant tenant,
            byte[] key,
            HotLimits limits,
            Consumer<String> log,
            long hotStartMs) {
        this.memory = memory;
        this.seriesMax = limits.seriesPerTenantMax();
        this.tenant = tenant;
        this.registry =
                new SeriesRegistry<>(
                        tenant,
                        key,
                        limits.seriesPerTenantMax(),
                        limits.series(),
                        log,
                        this::make,
                        HotSeries::series,
                        memory::hasRoomForSeries);
        this.keptFromMs = hotStartMs;
        this.hotStartMs = hotStartMs;
    }

    private HotSeries make(Series series, int salt) {
        memory.seriesCame();
        if (++made % MADE_PER_LOOK == 0 && isCrowded()) {
            memory.crowded(true);
        }
        return new HotSeries(memory, series, salt);
    }

    private boolean isCrowded() {
        return registry.size() >= seriesMax - seriesMax / HotMemory.CROWDED_SHARE;
    }

    /// Metrics that have as many series as they may have, with how often one was refused.
    public Map<String, Long> cappedMetrics() {
        return registry.cappedMetrics();
    }

    /// From this time on, Unix milliseconds, the window has every sample.
    public long hotStartMs() {
        return hotStartMs;
    }

    /// Samples before this time are not entered.
    public long keptFromMs() {
        return keptFromMs;
    }

    /// Has samples from `fromMs` on entered, in preparation of [#completeFrom].
    public void keepFrom(long fromMs) {
        // Alone: an append under way that still leaves such samples out ends first.
        sweeping.writeLock().lock();
        try {
            keptFromMs = Math.min(keptFromMs, fromMs);
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    /// Tells that every sample from `fromMs` on has been entered.
    public void completeFrom(long fromMs) {
        if (keptFromMs <= fromMs) {
            hotStartMs = Math.min(hotStartMs, fromMs);
        }
    }

    /// A lock to be held while an append enters samples and makes them durable.
    public Lock appending() {
        return sweeping.readLock();
    }

    /// Active series.
    public int size() {
        return registry.size();
    }

    /// The series of these labels, made known if new.
    public HotSeries series(Labels labels) {
        return registry.of(labels);
    }

    /// The same; null where a limit refuses a new one.
    public @Nullable HotSeries seriesOrNull(Labels labels) {
        return registry.ofOrNull(labels);
    }

    /// The series of each row of `batch`, made known if new; null where a limit refuses that. The
    /// caller holds [#appending].
    public @Nullable HotSeries[] series(SampleBatch batch) {
        @Nullable HotSeries[] all = new HotSeries[batch.size()];
        for (int row = 0; row < all.length; row++) {
            Series handle = batch.series(row);
            if (handle.home() instanceof HotSeries home && home.isHomeIn(memory, tenant)) {
                all[row] = home;
            } else {
                HotSeries found = seriesOrNull(handle.labels());
                if (found != null) {
                    handle.home(found);
                }
                all[row] = found;
            }
        }
        return all;
    }

    /// The series that all matchers accept, sorted by labels; not to be changed.
    public List<HotSeries> select(List<Matcher> matchers) {
        long changes = registry.changes();
        List<HotSeries> known = selections.find(matchers, changes);
        if (known != null) {
            return known;
        }
        List<HotSeries> found = registry.select(matchers);
        selections.keep(matchers, changes, found);
        return found;
    }

    /// The values of label `name` among series with a sample in `range`, sorted by code point.
    public List<String> labelValues(String name, TimeRange range) {
        return registry.values(name, series -> series.touches(range));
    }

    /// Hands the label pairs of series with a sample in `range` to `sink`, each with how many of
    /// these have it, and returns how many they are.
    public int pairs(TimeRange range, PairSink sink) {
        return registry.pairs(series -> series.touches(range), sink);
    }

    /// Hands the metric names of series with a sample in `range` and none in `before` to `sink`,
    /// each with how many of these have it, and returns how many series have one in `before`.
    public int newSeries(TimeRange range, TimeRange before, PairSink sink) {
        int[] known = {0};
        registry.pairs(
                Labels.NAME,
                series -> {
                    if (series.touches(before)) {
                        known[0]++;
                        return false;
                    }
                    return series.touches(range);
                },
                sink);
        return known[0];
    }

    /// The labels of the series that all matchers accept and that have a sample in `range`, in no
    /// particular order.
    public List<Labels> labels(List<Matcher> matchers, TimeRange range) {
        List<HotSeries> found = registry.selectUnsorted(matchers);
        List<Labels> all = new ArrayList<>(found.size());
        for (HotSeries series : found) {
            if (series.touches(range)) {
                all.add(series.series().labels());
            }
        }
        return all;
    }

    /// The label names of series with a sample in `range`, sorted by code point.
    public List<String> labelNames(TimeRange range) {
        return registry.names(series -> series.touches(range));
    }

    /// Has the budget know of series that came or went.
    synchronized void count() {
        long bytes = registry.bytes() + (long) registry.size() * SERIES_BYTES;
        memory.addHeapBytes(bytes - countedBytes);
        countedBytes = bytes;
    }

    /// Forgets samples before `beforeMs` and series left without any.
    void forgetBefore(long beforeMs) {
        sweeping.writeLock().lock();
        try {
            hotStartMs = Math.max(hotStartMs, beforeMs);
            keptFromMs = Math.max(keptFromMs, beforeMs);
            int[] idle = {0};
            registry.forEach(series -> {
                series.forget(beforeMs);
                idle[0] += series.isIdle() ? 1 : 0;
            });
            if (idle[0] * (long) IDLE_SHARE > registry.size() || idle[0] > 0 && isSmall()) {
                registry.removeIf(HotTenant::letGo);
                selections.clear();
            }
            count();
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    /// Lets go of the series that ended first, a tenth of all, if there are as many that ended five
    /// minutes before `nowMs`; the window then begins behind their last samples. Returns whether
    /// any went.
    boolean letGoOfEnded(long nowMs) {
        long[] newestMs = newestOfEach();
        if (newestMs.length < 2 * LET_GO_SHARE) {
            return false;
        }
        Arrays.sort(newestMs);
        long border = Math.min(newestMs[newestMs.length / LET_GO_SHARE], nowMs - ENDED_MS) + 1;
        if (newestMs[newestMs.length / LET_GO_SHARE / 2] >= border) {
            return false;
        }
        forgetBefore(border);
        return true;
    }

    private long[] newestOfEach() {
        List<HotSeries> all = new ArrayList<>(registry.size());
        registry.forEach(all::add);
        return all.stream().mapToLong(HotSeries::newestMs).toArray();
    }

    private static boolean letGo(HotSeries series) {
        boolean idle = series.isIdle();
        if (idle) {
            series.forgotten();
        }
        return idle;
    }

    private boolean isSmall() {
        return registry.size() <= SWEPT_AT_ONCE;
    }
}

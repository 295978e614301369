package io.framewatch.store.hot;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The newest samples of one series. Guarded by its own monitor. There may be a million of these:
/// it is a [SampleChain], rather than having one, to be one object and not two.
public final class HotSeries extends SampleChain {

    /// What became of one sample.
    public enum Outcome {
        /// Entered.
        ENTERED,
        /// The same value stands at its timestamp.
        DUPLICATE,
        /// Another value stands at its timestamp.
        CONFLICT
    }

    private final HotMemory memory;
    private final Series series;
    private @Nullable HotRare rare;

    /// The append that entered a sample here last, and those before it that may be on their way.
    private @Nullable Pending lastBy;

    private @Nullable List<Pending> othersBy;

    /// Days of which the engine will learn, the newest and the one announced before it. Written
    /// under the monitor. Read without it: who reads too early only announces once more.
    private volatile int day = Integer.MIN_VALUE;

    private volatile int dayBefore = Integer.MIN_VALUE;

    /// Whether the engine will learn of this series from a record that is durable. Read and written
    /// as the days are.
    private volatile boolean announced;

    /// Whether the window has let go of it. Written while no append is under way.
    private boolean forgotten;

    private final byte salt;

    HotSeries(HotMemory memory, Series series, int salt) {
        super(memory.cells());
        this.memory = memory;
        this.series = series;
        this.salt = (byte) salt;
        series.home(this);
    }

    /// Whether samples for `handle`, which has this series for its home, belong here: it is the
    /// window's own, of `tenant`, and not forgotten. To be asked while an append holds the lock of
    /// the window.
    boolean isHomeIn(HotMemory window, Tenant tenant) {
        return memory == window && !forgotten && series.tenant().equals(tenant);
    }

    /// The window has let go of it.
    void forgotten() {
        forgotten = true;
        series.letGo();
    }

    /// The handle.
    public Series series() {
        return series;
    }

    /// The salt of its id, 0 to 255.
    public int salt() {
        return salt & 0xff;
    }

    /// Enters a sample on behalf of `by`. If one stands at its timestamp already, adds to
    /// `dependsOn` the appends that may not be durable yet.
    ///
    /// @param startMs when the counting behind it began, [SeriesSamples#NO_START] if unknown
    public synchronized Outcome enter(
            long timestampMs,
            double value,
            @Nullable NativeHistogram histogram,
            long startMs,
            Pending by,
            Set<Pending> dependsOn) {
        if (isEmpty() || timestampMs > lastMs()) {
            append(timestampMs, value);
        } else if (timestampMs == lastMs() && lastIs(value)) {
            return settle(timestampMs, value, value, histogram, by, dependsOn);
        } else {
            int block = blockOf(timestampMs);
            HotReader reader = new HotReader();
            load(block, reader);
            int at = reader.position(timestampMs);
            if (at < reader.size() && reader.timestampMs(at) == timestampMs) {
                return settle(timestampMs, reader.value(at), value, histogram, by, dependsOn);
            }
            reader.insert(at, timestampMs, value);
            rewrite(block, reader);
        }
        enteredBy(by);
        if (histogram != null) {
            add(timestampMs, histogram);
        }
        if (startMs != SeriesSamples.NO_START || starts() != null) {
            enterStart(timestampMs, startMs);
        }
        return Outcome.ENTERED;
    }

    private Outcome settle(
            long timestampMs,
            double present,
            double value,
            @Nullable NativeHistogram histogram,
            Pending by,
            Set<Pending> dependsOn) {
        if (lastBy != null && lastBy != by && !lastBy.isDone()) {
            dependsOn.add(lastBy);
        }
        if (othersBy != null) {
            othersBy.stream()
                    .filter(other -> other != by && !other.isDone())
                    .forEach(dependsOn::add);
        }
        NativeHistogram other = histogramAt(timestampMs);
        boolean same =
                other != null || histogram != null
                        ? other != null && other.equals(histogram)
                        : Double.doubleToRawLongBits(present) == Double.doubleToRawLongBits(value);
        return same ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }

    private void enteredBy(Pending by) {
        if (lastBy == by) {
            return;
        }
        if (lastBy != null && !lastBy.isDone()) {
            if (othersBy == null) {
                othersBy = new ArrayList<>(2);
            }
            othersBy.removeIf(Pending::isDone);
            othersBy.add(lastBy);
        } else if (othersBy != null) {
            othersBy.removeIf(Pending::isDone);
            othersBy = othersBy.isEmpty() ? null : othersBy;
        }
        lastBy = by;
    }

    private @Nullable HotHistograms histograms() {
        return rare == null ? null : rare.histograms;
    }

    private @Nullable HotStarts starts() {
        return rare == null ? null : rare.starts;
    }

    private HotRare rare() {
        if (rare == null) {
            rare = new HotRare();
        }
        return rare;
    }

    private @Nullable NativeHistogram histogramAt(long timestampMs) {
        HotHistograms own = histograms();
        return own == null ? null : own.at(timestampMs);
    }

    private void add(long timestampMs, NativeHistogram histogram) {
        HotHistograms own = histograms();
        if (own == null) {
            own = new HotHistograms();
            rare().histograms = own;
        }
        own.add(timestampMs, histogram);
        memory.addHeapBytes(HotHistograms.bytes(histogram));
    }

    private void enterStart(long timestampMs, long startMs) {
        HotStarts own = starts();
        long before = own == null ? 0 : own.bytes();
        if (own == null) {
            own = new HotStarts();
            rare().starts = own;
        }
        own.enter(timestampMs, startMs, nextMs(timestampMs));
        memory.addHeapBytes(own.bytes() - before);
    }

    /// Timestamp of the first sample behind `timestampMs`, `Long.MAX_VALUE` if there is none.
    private long nextMs(long timestampMs) {
        if (isEmpty() || lastMs() <= timestampMs) {
            return Long.MAX_VALUE;
        }
        HotReader behind = new HotReader();
        load(timestampMs + 1, Long.MAX_VALUE, behind);
        return behind.timestampMs(0);
    }

    /// Has `fresh`, if it tells of any start, take the place of what was known.
    private void replaceStarts(@Nullable HotStarts fresh) {
        HotStarts old = starts();
        HotStarts kept = fresh == null || fresh.isEmpty() ? null : fresh;
        memory.addHeapBytes((kept == null ? 0 : kept.bytes()) - (old == null ? 0 : old.bytes()));
        if (kept != null || old != null) {
            rare().starts = kept;
        }
    }

    /// Enters samples that are durable, where none stands yet.
    public synchronized void enterDurable(SeriesSamples samples) {
        HotStarts known = starts();
        HotStarts fresh =
                known == null && samples.startTimestampsMs() == null ? null : new HotStarts();
        if (isEmpty() || samples.timestampsMs()[samples.size() - 1] < firstMs()) {
            SampleChain older = new SampleChain(memory.cells());
            for (int i = 0; i < samples.size(); i++) {
                enterDurable(older, samples, i, fresh);
            }
            if (fresh != null && !isEmpty()) {
                fresh.append(known, firstMs());
            }
            prepend(older);
        } else {
            merge(samples, fresh);
        }
        replaceStarts(fresh);
    }

    private void enterDurable(
            SampleChain into, SeriesSamples samples, int at, @Nullable HotStarts fresh) {
        long timestampMs = samples.timestampsMs()[at];
        into.append(timestampMs, samples.values()[at]);
        NativeHistogram histogram = samples.histogram(at);
        if (histogram != null) {
            add(timestampMs, histogram);
        }
        if (fresh != null) {
            fresh.append(timestampMs, samples.startTimestampMs(at));
        }
    }

    private void merge(SeriesSamples samples, @Nullable HotStarts fresh) {
        HotReader present = new HotReader();
        load(Long.MIN_VALUE, Long.MAX_VALUE, present);
        clear();
        int old = 0;
        for (int i = 0; i < samples.size(); i++) {
            long timestampMs = samples.timestampsMs()[i];
            for (; old < present.size() && present.timestampMs(old) < timestampMs; old++) {
                append(present, old, fresh);
            }
            if (old == present.size() || present.timestampMs(old) != timestampMs) {
                enterDurable(this, samples, i, fresh);
            }
        }
        for (; old < present.size(); old++) {
            append(present, old, fresh);
        }
    }

    private void append(HotReader present, int at, @Nullable HotStarts fresh) {
        long timestampMs = present.timestampMs(at);
        append(timestampMs, present.value(at));
        HotStarts known = starts();
        if (fresh != null) {
            fresh.append(
                    timestampMs, known == null ? SeriesSamples.NO_START : known.at(timestampMs));
        }
    }

    /// Takes back a sample whose append failed.
    public synchronized void takeBack(long timestampMs) {
        if (isEmpty()) {
            return;
        }
        int block = blockOf(timestampMs);
        HotReader reader = new HotReader();
        load(block, reader);
        int at = reader.position(timestampMs);
        if (at < reader.size() && reader.timestampMs(at) == timestampMs) {
            reader.remove(at, at + 1);
            rewrite(block, reader);
            HotHistograms own = histograms();
            if (own != null) {
                memory.addHeapBytes(-own.remove(timestampMs, timestampMs + 1));
            }
            HotStarts starts = starts();
            if (starts != null) {
                long before = starts.bytes();
                starts.remove(timestampMs, nextMs(timestampMs));
                memory.addHeapBytes(starts.bytes() - before);
            }
        }
    }

    /// Whether the engine still has to be told of this series.
    public boolean unannounced() {
        return !announced;
    }

    /// Whether the engine still has to be told that the series was seen on day `number`.
    public boolean unannounced(int number) {
        return day != number && dayBefore != number;
    }

    /// A record that tells of the series is durable.
    public synchronized void announced() {
        announced = true;
    }

    /// A record that tells of the day is durable.
    public synchronized void announced(int number) {
        if (unannounced(number)) {
            dayBefore = day;
            day = number;
        }
    }

    /// The samples in `range`, decoded with the help of `reader`, or null if there is none; with
    /// their start timestamps if these are wanted. The arrays belong to the caller.
    public synchronized @Nullable SeriesSamples samples(
            TimeRange range, HotReader reader, boolean starts) {
        load(range.fromMs(), range.toMs(), reader);
        if (reader.size() == 0) {
            return null;
        }
        double[] values = reader.takeValues();
        return samples(reader.size(), reader.takeTimestampsMs(), values, starts);
    }

    /// As [#samples], in arrays that `reader` uses again for the next series.
    synchronized @Nullable SeriesSamples lent(TimeRange range, HotReader reader, boolean starts) {
        load(range.fromMs(), range.toMs(), reader);
        return reader.size() == 0
                ? null
                : samples(reader.size(), reader.timestampsMs(), reader.values(), starts);
    }

    private SeriesSamples samples(
            int size, long[] timestampsMs, double[] values, boolean withStarts) {
        HotHistograms histograms = histograms();
        HotStarts starts = withStarts ? starts() : null;
        return new SeriesSamples(
                series.labels(),
                size,
                timestampsMs,
                values,
                histograms == null ? null : histograms.of(timestampsMs, size),
                starts == null ? null : starts.of(timestampsMs, size));
    }

    /// Whether a sample lies in `range`.
    public synchronized boolean touches(TimeRange range) {
        return touches(range.fromMs(), range.toMs());
    }

    /// Whether it has no samples.
    synchronized boolean isIdle() {
        return isEmpty();
    }

    /// Timestamp of its newest sample, Unix milliseconds; `Long.MIN_VALUE` if it has none.
    synchronized long newestMs() {
        return isEmpty() ? Long.MIN_VALUE : lastMs();
    }

    /// Forgets samples before `timestampMs`; a few may stay that share a block with newer ones.
    synchronized void forget(long timestampMs) {
        forgetBefore(timestampMs);
        long firstMs = isEmpty() ? Long.MAX_VALUE : firstMs();
        HotHistograms own = histograms();
        if (own != null) {
            memory.addHeapBytes(-own.remove(Long.MIN_VALUE, firstMs));
        }
        HotStarts starts = starts();
        if (starts != null) {
            starts.forgetBefore(firstMs);
            replaceStarts(isEmpty() ? null : starts);
        }
    }
}

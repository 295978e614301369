package io.framewatch.store.hot;

import io.framewatch.model.Computing;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads many series of a window, by more than one thread where processors are idle enough that
/// helpers are to be had. Each thread takes the next portion of the series until none is left. Used
/// once.
public final class HotScan {

    /// Series that a thread takes at once.
    private static final int PORTION = 32;

    /// Fewer series than these are not worth a helper.
    private static final int SHARED_MIN = 4 * PORTION;

    /// Threads that help all scans of the process together, beside those that asked: one for every
    /// processor but one.
    private static final Semaphore HELPERS =
            new Semaphore(Runtime.getRuntime().availableProcessors() - 1);

    private final List<HotSeries> series;
    private final TimeRange range;
    private final SelectLimits limits;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /// A scan of `series`; samples outside `range` are left out. Throws `query_limit` beyond the
    /// limits.
    public HotScan(List<HotSeries> series, TimeRange range, SelectLimits limits) {
        this.series = series;
        this.range = range;
        this.limits = limits;
    }

    /// Reads all by the caller's thread, in the order of the series. The arrays belong to `sink`
    /// only until it returns.
    public void run(Consumer<SeriesSamples> sink) {
        work(sink, HotSeries::lent);
    }

    /// Reads all by the caller's thread, in the order of the series.
    public List<SeriesSamples> all() {
        List<SeriesSamples> all = new ArrayList<>();
        work(all::add, HotSeries::samples);
        return all;
    }

    /// How a series is read.
    private interface Read {
        @Nullable SeriesSamples of(
                HotSeries series, TimeRange range, HotReader reader, boolean starts);
    }

    /// Reads all, with helpers if there are any. `sinks` is asked once for each thread, by the
    /// caller's; each sink is given its series in their order, in arrays that belong to it only
    /// until it returns.
    public void runShared(Supplier<? extends Consumer<SeriesSamples>> sinks) {
        List<Computing.Running> helping = new ArrayList<>();
        Consumer<SeriesSamples> own = sinks.get();
        int wanted = series.size() / SHARED_MIN;
        while (helping.size() < wanted && HELPERS.tryAcquire()) {
            Consumer<SeriesSamples> others = sinks.get();
            helping.add(Computing.start(() -> help(others)));
        }
        attempt(own);
        // Helpers end soon and hold what the caller reads.
        helping.forEach(Computing.Running::await);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException failed -> throw failed;
            case Error failed -> throw failed;
            case Throwable other -> throw new IllegalStateException("a scan broke off", other);
        }
    }

    private void help(Consumer<SeriesSamples> sink) {
        try {
            attempt(sink);
        } finally {
            HELPERS.release();
        }
    }

    /// Works; what goes wrong ends the work of all.
    private void attempt(Consumer<SeriesSamples> sink) {
        try {
            work(sink, HotSeries::lent);
        } catch (RuntimeException | Error failed) {
            failure.compareAndSet(null, failed);
            next.set(series.size());
        }
    }

    private void work(Consumer<SeriesSamples> sink, Read way) {
        HotReader decoder = new HotReader();
        while (true) {
            int from = next.getAndAdd(PORTION);
            if (from >= series.size()) {
                return;
            }
            int to = Math.min(series.size(), from + PORTION);
            for (HotSeries each : series.subList(from, to)) {
                SeriesSamples samples = way.of(each, range, decoder, limits.starts());
                if (samples != null) {
                    limits.checkSeries(found.incrementAndGet());
                    limits.checkSamples(read.addAndGet(samples.size()));
                    sink.accept(samples);
                }
            }
        }
    }
}

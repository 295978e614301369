package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.HistogramSum;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What the streams of one tenant that send differences have added up to so far. A stream begins at
/// its first point, and anew when this process starts, its bounds change or it was silent while
/// others needed its place: to a reader that is a counter reset, and the start timestamp says so.
/// Points must come in the order of time within a stream; one sent again unchanged is recognized.
/// Thread safe: one pass at a time.
public final class DeltaStreams {

    private final int streamsMax;
    private final long idleMs;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Labels, Running> streams = new LinkedHashMap<>(16, 0.75f, true);

    /// @param streamsMax most streams remembered
    /// @param idleMs when all places are taken, a stream silent for so long gives up its own,
    ///   milliseconds
    public DeltaStreams(int streamsMax, long idleMs) {
        this.streamsMax = streamsMax;
        this.idleMs = idleMs;
    }

    /// Sums of one stream.
    ///
    /// @param startNs when the first difference began, Unix nanoseconds
    /// @param fromNs when the last one began
    /// @param toNs when it ended
    /// @param bounds bucket bounds, empty for plain numbers
    /// @param sums the number; or counts by bucket, then the sum and the count
    /// @param histogram the native histogram, for streams of these
    /// @param touchedMs when it was last sent, Unix milliseconds
    record Running(
            long startNs,
            long fromNs,
            long toNs,
            double[] bounds,
            double[] sums,
            @Nullable NativeHistogram histogram,
            long touchedMs) {}

    /// What a point does to its stream.
    enum Order {
        NEXT,
        REPEATED,
        LATE,
        NO_PLACE
    }

    /// Begins a pass, waiting for the one before. Close it; without [Pass#commit] nothing changes.
    public Pass begin(long nowMs) {
        lock.lock();
        return new Pass(nowMs);
    }

    /// Streams remembered.
    public int size() {
        lock.lock();
        try {
            return streams.size();
        } finally {
            lock.unlock();
        }
    }

    /// The changes one request makes. Belongs to one thread.
    public final class Pass implements AutoCloseable {

        private final Map<Labels, Running> changed = new HashMap<>();
        private final long nowMs;
        private int fresh;

        private Pass(long nowMs) {
            this.nowMs = nowMs;
        }

        private @Nullable Running find(Labels stream) {
            Running running = changed.get(stream);
            return running == null ? streams.get(stream) : running;
        }

        Order order(Labels stream, long fromNs, long toNs) {
            Running before = find(stream);
            if (before == null) {
                return streams.size() + fresh < streamsMax || makeRoom()
                        ? Order.NEXT
                        : Order.NO_PLACE;
            }
            if (toNs == before.toNs() && fromNs == before.fromNs()) {
                return Order.REPEATED;
            }
            return toNs <= before.toNs() ? Order.LATE : Order.NEXT;
        }

        private boolean makeRoom() {
            var eldest = streams.entrySet().iterator();
            if (eldest.hasNext() && eldest.next().getValue().touchedMs() < nowMs - idleMs) {
                eldest.remove();
                return true;
            }
            return false;
        }

        /// Adds numbers to a stream whose point is [Order#NEXT]; answers what they add up to.
        Running add(Labels stream, long fromNs, long toNs, double[] bounds, double[] numbers) {
            Running before = find(stream);
            boolean goesOn = before != null && Arrays.equals(before.bounds(), bounds);
            double[] sums = numbers.clone();
            if (goesOn && before != null) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += before.sums()[i];
                }
            }
            return keep(stream, goesOn ? before : null, fromNs, toNs, bounds, sums, null);
        }

        /// The same for a native histogram.
        Running add(Labels stream, long fromNs, long toNs, NativeHistogram histogram) {
            Running before = find(stream);
            NativeHistogram old = before == null ? null : before.histogram();
            NativeHistogram sum =
                    old == null || !HistogramSum.compatible(old, histogram)
                            ? histogram
                            : HistogramSum.of(old).add(histogram).build();
            double[] none = new double[0];
            return keep(stream, old == null ? null : before, fromNs, toNs, none, none, sum);
        }

        private Running keep(
                Labels stream,
                @Nullable Running before,
                long fromNs,
                long toNs,
                double[] bounds,
                double[] sums,
                @Nullable NativeHistogram histogram) {
            long beganNs = fromNs == 0 ? toNs : fromNs;
            long startNs = before == null ? beganNs : before.startNs();
            Running running = new Running(startNs, fromNs, toNs, bounds, sums, histogram, nowMs);
            if (changed.put(stream, running) == null && !streams.containsKey(stream)) {
                fresh++;
            }
            return running;
        }

        /// Makes the changes last: the samples are stored.
        public void commit() {
            streams.putAll(changed);
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }
}

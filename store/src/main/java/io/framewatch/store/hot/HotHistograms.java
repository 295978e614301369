package io.framewatch.store.hot;

import io.framewatch.model.NativeHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The histograms among the samples of one series, on the heap, by timestamp. Guarded by the
/// series' monitor.
final class HotHistograms {

    /// What a histogram takes beside its spans and buckets, bytes.
    private static final int FIXED_BYTES = 160;

    private long[] timestampsMs = new long[4];
    private @Nullable NativeHistogram[] histograms = new @Nullable NativeHistogram[4];
    private int size;

    /// What a histogram takes in memory, bytes, roughly.
    static long bytes(NativeHistogram histogram) {
        int spans = histogram.positiveSpans().length + histogram.negativeSpans().length;
        int doubles =
                histogram.positiveBuckets().length
                        + histogram.negativeBuckets().length
                        + histogram.customValues().length;
        return FIXED_BYTES + 32L * spans + 8L * doubles;
    }

    private int position(long ms) {
        int found = Arrays.binarySearch(timestampsMs, 0, size, ms);
        return found >= 0 ? found : -found - 1;
    }

    @Nullable NativeHistogram at(long ms) {
        int at = position(ms);
        return at < size && timestampsMs[at] == ms ? histograms[at] : null;
    }

    /// Adds one where there is none.
    void add(long ms, NativeHistogram histogram) {
        if (size == timestampsMs.length) {
            timestampsMs = Arrays.copyOf(timestampsMs, size * 2);
            histograms = Arrays.copyOf(histograms, size * 2);
        }
        int at = position(ms);
        System.arraycopy(timestampsMs, at, timestampsMs, at + 1, size - at);
        System.arraycopy(histograms, at, histograms, at + 1, size - at);
        timestampsMs[at] = ms;
        histograms[at] = histogram;
        size++;
    }

    /// Removes what lies from `fromMs` to before `toMs` and returns its bytes.
    long remove(long fromMs, long toMs) {
        int from = position(fromMs);
        int to = position(toMs);
        long bytes = 0;
        for (int i = from; i < to; i++) {
            NativeHistogram gone = histograms[i];
            bytes += gone == null ? 0 : bytes(gone);
        }
        System.arraycopy(timestampsMs, to, timestampsMs, from, size - to);
        System.arraycopy(histograms, to, histograms, from, size - to);
        Arrays.fill(histograms, size - (to - from), size, null);
        size -= to - from;
        return bytes;
    }

    /// The histogram at each of the first `samples` timestamps, or null if there is none at any.
    @Nullable NativeHistogram @Nullable [] of(long[] sampleMs, int samples) {
        int from = samples == 0 ? size : position(sampleMs[0]);
        if (from == size || timestampsMs[from] > sampleMs[samples - 1]) {
            return null;
        }
        @Nullable NativeHistogram[] all = new @Nullable NativeHistogram[samples];
        int next = from;
        for (int i = 0; i < samples && next < size; i++) {
            if (timestampsMs[next] == sampleMs[i]) {
                all[i] = histograms[next++];
            }
        }
        return all;
    }
}

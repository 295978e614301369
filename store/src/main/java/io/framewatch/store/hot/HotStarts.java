package io.framewatch.store.hot;

import io.framewatch.store.SeriesSamples;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// When the counting behind the samples of one series began, as the samples at which that changes:
/// few, since a counter begins anew only with its process. The start of a sample is that of the
/// last change at or before it. Guarded by the series' monitor.
final class HotStarts {

    /// What one takes beside its changes, bytes.
    private static final int FIXED_BYTES = 80;

    private long[] changesMs = new long[2];
    private long[] startsMs = new long[2];
    private int size;

    /// What it takes in memory, bytes, roughly.
    long bytes() {
        return FIXED_BYTES + 2L * Long.BYTES * changesMs.length;
    }

    /// Changes up to and including `ms`.
    private int upTo(long ms) {
        int found = Arrays.binarySearch(changesMs, 0, size, ms);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// The start of a sample at `ms`, [SeriesSamples#NO_START] if unknown.
    long at(long ms) {
        int changes = upTo(ms);
        return changes == 0 ? SeriesSamples.NO_START : startsMs[changes - 1];
    }

    /// Enters the start of a sample that is there now.
    ///
    /// @param nextMs the sample behind it, `Long.MAX_VALUE` if there is none
    void enter(long ms, long startMs, long nextMs) {
        long nextStartMs = at(nextMs);
        set(ms, startMs);
        if (nextMs != Long.MAX_VALUE) {
            set(nextMs, nextStartMs);
        }
    }

    /// Forgets the start of a sample that is there no more.
    ///
    /// @param nextMs the sample behind it, `Long.MAX_VALUE` if there is none
    void remove(long ms, long nextMs) {
        long nextStartMs = at(nextMs);
        int changes = upTo(ms);
        if (changes > 0 && changesMs[changes - 1] == ms) {
            cut(changes - 1, changes);
        }
        if (nextMs != Long.MAX_VALUE) {
            set(nextMs, nextStartMs);
        }
    }

    private void set(long ms, long startMs) {
        int changes = upTo(ms);
        if (startMs == (changes == 0 ? SeriesSamples.NO_START : startsMs[changes - 1])) {
            return;
        }
        if (changes > 0 && changesMs[changes - 1] == ms) {
            startsMs[changes - 1] = startMs;
            return;
        }
        if (size == changesMs.length) {
            changesMs = Arrays.copyOf(changesMs, size * 2);
            startsMs = Arrays.copyOf(startsMs, size * 2);
        }
        System.arraycopy(changesMs, changes, changesMs, changes + 1, size - changes);
        System.arraycopy(startsMs, changes, startsMs, changes + 1, size - changes);
        changesMs[changes] = ms;
        startsMs[changes] = startMs;
        size++;
    }

    private void cut(int from, int to) {
        System.arraycopy(changesMs, to, changesMs, from, size - to);
        System.arraycopy(startsMs, to, startsMs, from, size - to);
        size -= to - from;
    }

    /// Adds the changes of another series of samples, all of which lie at or behind `firstMs`,
    /// which is the first of them and lies behind all that is here.
    void append(@Nullable HotStarts newer, long firstMs) {
        set(firstMs, newer == null ? SeriesSamples.NO_START : newer.at(firstMs));
        for (int i = newer == null ? 0 : newer.upTo(firstMs);
                newer != null && i < newer.size;
                i++) {
            set(newer.changesMs[i], newer.startsMs[i]);
        }
    }

    /// Adds the start of a sample behind all that are here.
    void append(long ms, long startMs) {
        set(ms, startMs);
    }

    /// Forgets what only samples before `ms` need to know.
    void forgetBefore(long ms) {
        cut(0, Math.max(0, upTo(ms) - 1));
    }

    /// Whether no start is known.
    boolean isEmpty() {
        for (int i = 0; i < size; i++) {
            if (startsMs[i] != SeriesSamples.NO_START) {
                return false;
            }
        }
        return true;
    }

    /// The start of each of the first `samples` samples, which stand in time order at `sampleMs`,
    /// or null if none has one.
    long @Nullable [] of(long[] sampleMs, int samples) {
        int next = samples == 0 ? size : upTo(sampleMs[0]);
        long current = next == 0 ? SeriesSamples.NO_START : startsMs[next - 1];
        boolean known = current != SeriesSamples.NO_START;
        long[] all = new long[samples];
        for (int i = 0; i < samples; i++) {
            while (next < size && changesMs[next] <= sampleMs[i]) {
                current = startsMs[next++];
                known |= current != SeriesSamples.NO_START;
            }
            all[i] = current;
        }
        return known ? all : null;
    }
}

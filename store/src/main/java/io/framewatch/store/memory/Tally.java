package io.framewatch.store.memory;

import io.framewatch.store.AppendResult;

/// Counts what became of the rows of one batch. Not thread safe.
final class Tally {

    private int stored;
    private int duplicates;
    private int conflicts;
    private int refused;
    private long newestMs = Long.MIN_VALUE;

    void count(SeriesColumns.Outcome outcome, long timestampMs) {
        newestMs = Math.max(newestMs, timestampMs);
        switch (outcome) {
            case STORED -> stored++;
            case DUPLICATE -> duplicates++;
            case CONFLICT -> conflicts++;
        }
    }

    /// A row whose series may not be.
    void refuse() {
        refused++;
    }

    int stored() {
        return stored;
    }

    /// Newest timestamp counted, Unix milliseconds.
    long newestMs() {
        return newestMs;
    }

    AppendResult result() {
        return new AppendResult(stored, duplicates, conflicts, 0, refused);
    }
}

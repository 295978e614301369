package io.framewatch.wire.exposition;

import io.framewatch.model.MetricMetadata;

/// Receives what an exposition holds, in its order.
public interface ExpositionVisitor {

    /// A sample. The view is valid during this call only.
    void sample(SampleView sample);

    /// There is no known key.
    int NO_KEY = -1;

    /// Where a key ends that begins at `at` and has been read before as a key, so that it need not
    /// be read again; [#NO_KEY] if none is known to stand there. Asked by text formats only.
    ///
    /// @param end where the data ends, exclusive
    default int knownKeyTo(byte[] data, int at, int end) {
        return NO_KEY;
    }

    /// What the exposition says about a family; called when the family ends.
    default void metadata(MetricMetadata metadata) {}

    /// Whether [#metadata] shall be called; without it, texts about families are skipped unread.
    default boolean wantsMetadata() {
        return true;
    }

    /// Whether native histograms are visited; otherwise only their classic parts are.
    default boolean wantsNative() {
        return true;
    }

    /// Whether a native histogram's classic buckets, where it has both, are visited too.
    default boolean wantsClassicBesideNative() {
        return false;
    }
}

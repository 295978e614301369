package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One sample while it is being visited.
public interface SampleView {

    /// Holds the bytes that name the series: equal bytes name the same series. They lie between
    /// [#keyFrom], inclusive, and [#keyTo], exclusive; the array must not be changed or kept.
    byte[] key();

    /// Where the key begins.
    int keyFrom();

    /// Where the key ends.
    int keyTo();

    /// The labels, metric name included, read now. Throws [ExpositionException] if they are not in
    /// order.
    Labels labels();

    /// The value; of a histogram, its sum.
    double value();

    /// Whether the exposition gives a timestamp.
    boolean hasTimestamp();

    /// The timestamp, Unix milliseconds; meaningless without [#hasTimestamp].
    long timestampMs();

    /// The histogram, or null if the sample is a float.
    @Nullable NativeHistogram histogram();

    /// When the counting behind the sample began, Unix milliseconds, or [SampleBatch#NO_START].
    default long startTimestampMs() {
        return SampleBatch.NO_START;
    }

    /// The family, if the sample is a part of a classic histogram; otherwise empty.
    default String histogramFamily() {
        return "";
    }

    /// Exemplars of this sample, mostly none. One without a time of its own has timestamp 0.
    List<Exemplar> exemplars();
}

package io.framewatch.wire.push;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;
import org.jspecify.annotations.Nullable;

/// Where a push's parts go that are no samples, and where series come from.
public interface MetricSink {

    /// The series of these labels, or null when it may not exist; its samples are then left out.
    @Nullable Series series(Labels labels);

    /// An exemplar of a series.
    void exemplar(Series series, Exemplar exemplar);

    /// What the sender says about a family.
    void metadata(MetricMetadata metadata);
}

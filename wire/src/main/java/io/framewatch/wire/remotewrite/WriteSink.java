package io.framewatch.wire.remotewrite;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;

/// Where a write request's parts go that are no samples, and where series come from.
public interface WriteSink {

    /// The series of these labels.
    Series series(Labels labels);

    /// An exemplar of a series.
    void exemplar(Series series, Exemplar exemplar);

    /// What the sender says about a family.
    void metadata(MetricMetadata metadata);
}

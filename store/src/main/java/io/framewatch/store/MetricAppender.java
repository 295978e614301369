package io.framewatch.store;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import java.util.Collection;
import java.util.List;

/// The way in for numbers. Thread safe.
public interface MetricAppender {

    /// The series of these labels, made known if new. The handle may be kept and used for any
    /// number of batches.
    ///
    /// Throws `FaultException` with code `series_limit` when the tenant may have no more active
    /// series.
    Series series(Tenant tenant, Labels labels);

    /// Appends a batch and returns when it is as durable as this store makes it and visible to
    /// selects. Samples may be late and out of order. A sample at a timestamp that the series
    /// already has is dropped if its value is the same, and refused as a conflict if not: the first
    /// one wins. The batch may be reused afterwards.
    ///
    /// A handle that was kept while its series was forgotten makes the series again. Where a limit
    /// refuses that, the samples of this series are left out and counted as refused, and the others
    /// are stored.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the store cannot take more now; nothing
    /// of the batch is then stored, and the sender should try again.
    AppendResult append(SampleBatch batch);

    /// Keeps exemplars of a tenant's series, all together as durable as this store makes them: one
    /// call a request, since that may wait for a disk. Those of series that a limit refuses are
    /// left out, and those that lie too far in time to be stored.
    void exemplars(Tenant tenant, List<SeriesExemplar> exemplars);

    /// Remembers what expositions say about metric families; the newest word on a family wins.
    void metadata(Tenant tenant, Collection<MetricMetadata> metadata);
}

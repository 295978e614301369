package io.framewatch.query.promql.eval;

import io.framewatch.model.Matcher;
import io.framewatch.store.GridFunction;
import io.framewatch.store.SeriesSamples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leaf as something to be done with windows of samples: which it needs, and what becomes of
/// them. The window of a step ends at the time it looks at, inclusive.
interface LeafWork {

    List<Matcher> matchers();

    LeafTime time();

    /// Length of the window, whose start is exclusive, milliseconds.
    long windowMs();

    /// How far before the window samples may matter too, milliseconds.
    long beforeMs();

    /// How far after it, milliseconds.
    long afterMs();

    /// What a store computes for this leaf, or null if only samples will do.
    @Nullable GridFunction pushed();

    /// The values of a series at the steps from `from` to `to` (exclusive) and none elsewhere, or
    /// null if it has none. The samples may be changed or used again afterwards.
    @Nullable GridSeries compute(SeriesSamples samples, int from, int to);

    /// A series whose values a store computed; takes ownership of them.
    GridSeries computed(io.framewatch.model.Labels labels, double[] values);
}

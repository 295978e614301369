package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.store.GridFunction;
import io.framewatch.store.SeriesSamples;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A leaf as something to be done with windows of samples: which it needs, and what becomes of
/// them. The window of a step ends at the time it looks at, inclusive. Thread safe: several threads
/// compute one leaf, each other series.
abstract class LeafWork {

    private final List<Matcher> matchers;
    private final LeafTime time;
    final StepGrid grid;
    final QueryRun run;

    LeafWork(List<Matcher> matchers, LeafTime time, StepGrid grid, QueryRun run) {
        this.matchers = matchers;
        this.time = time;
        this.grid = grid;
        this.run = run;
    }

    final List<Matcher> matchers() {
        return matchers;
    }

    final LeafTime time() {
        return time;
    }

    /// Length of the window, whose start is exclusive, milliseconds.
    abstract long windowMs();

    /// How far before the window samples may matter too, milliseconds.
    abstract long beforeMs();

    /// How far after it, milliseconds.
    abstract long afterMs();

    /// What a store computes for this leaf, or null if only samples will do.
    abstract @Nullable GridFunction pushed();

    /// Whether it looks at start timestamps.
    ///
    /// @param counted whether functions of counters take them into account
    abstract boolean readsStarts(boolean counted);

    /// The values of a series at the steps from `from` to `to` (exclusive) and none elsewhere, or
    /// null if it has none. The samples may be changed or used again afterwards.
    abstract @Nullable GridSeries compute(SeriesSamples samples, int from, int to);

    /// Adds the samples that each step from `from` to `to` (exclusive) looks at, if that can be
    /// told from the samples of the series.
    abstract void count(SeriesSamples samples, int from, int to, long[] counts);

    /// Whether what each step looks at is told by its values: one sample where there is one.
    abstract boolean countsValues();

    /// A series whose values a store computed; takes ownership of them.
    abstract GridSeries computed(Labels labels, double[] values);
}

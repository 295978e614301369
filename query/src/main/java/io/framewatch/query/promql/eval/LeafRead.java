package io.framewatch.query.promql.eval;

import io.framewatch.model.TimeRange;
import io.framewatch.query.promql.PlanNode;
import io.framewatch.query.promql.PlanNode.Place;
import io.framewatch.store.GridAnswer;
import io.framewatch.store.GridFunction;
import io.framewatch.store.GridQuery;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.TimeWindows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers one leaf. A step whose window lies where the store has everything in memory is computed
/// here from samples; all steps before are answered by the store's engine, as grids where it
/// computes the function exactly, else from samples it sends. Used once, by one thread.
final class LeafRead {

    private static final Comparator<GridSeries> BY_LABELS =
            Comparator.comparing(GridSeries::labels);

    private final MetricSelect select;
    private final LeafWork work;
    private final StepGrid grid;
    private final QueryRun run;
    private final long pushFromMs;
    private final SelectLimits limits;
    private final @Nullable StepCounts counts;

    /// Samples that each step looks at; none if nobody wants to know.
    private final long[] counted;

    private @Nullable String pushed;
    private long rawSeries;
    private long samplesRead;

    LeafRead(
            MetricSelect select,
            LeafWork work,
            StepGrid grid,
            QueryRun run,
            long pushFromMs,
            SelectLimits limits) {
        this.limits = limits;
        this.select = select;
        this.work = work;
        this.grid = grid;
        this.run = run;
        this.pushFromMs = pushFromMs;
        this.counts = run.stepCounts();
        this.counted = new long[counts == null ? 0 : grid.steps()];
    }

    /// The series, sorted by labels, none without a value.
    List<GridSeries> series() {
        run.check();
        int hotFrom = firstStepFrom(select.inMemoryFromMs(run.tenant()));
        List<GridSeries> hot = List.of();
        if (hotFrom < grid.steps()) {
            hot = computed(hotFrom, grid.steps());
            int still = firstStepFrom(select.inMemoryFromMs(run.tenant()));
            if (still > hotFrom) {
                // The window moved on meanwhile; what fell out of it may have been missed.
                release(hot);
                Arrays.fill(counted, 0);
                hotFrom = grid.steps();
                hot = List.of();
            }
        }
        List<GridSeries> old = hotFrom == 0 ? List.of() : engine(hotFrom);
        Place place =
                hotFrom == 0 ? Place.HOT : hotFrom == grid.steps() ? Place.ENGINE : Place.SPLIT;
        List<GridSeries> all = merged(old, hot, hotFrom);
        if (counts != null) {
            counts.add(counted);
        }
        if (counts != null && work.countsValues()) {
            counts.addPresent(all);
        }
        run.plan()
                .leaf(
                        new PlanNode.Leaf(
                                place, pushed, hotFrom, all.size(), rawSeries, samplesRead));
        return all;
    }

    /// The first step all of whose samples lie at or after `fromMs`.
    private int firstStepFrom(long fromMs) {
        for (int step = 0; step < grid.steps(); step++) {
            if (range(step, step + 1).fromMs() > fromMs) {
                return step;
            }
        }
        return grid.steps();
    }

    private TimeRange range(int from, int to) {
        long first = work.time().resolve(grid.timeMs(from));
        long last = work.time().resolve(grid.timeMs(to - 1));
        return new TimeRange(first - work.windowMs() - work.beforeMs() + 1, last + work.afterMs());
    }

    /// What those steps look at.
    private TimeWindows windows(int from, int to) {
        TimeRange range = range(from, to);
        if (work.time().atMs() != null || to - from == 1) {
            return TimeWindows.whole(range);
        }
        long windowMs = work.beforeMs() + work.windowMs() + work.afterMs();
        return new TimeWindows(range, grid.stepMs(), windowMs);
    }

    /// What one thread has computed.
    private final class Share implements Consumer<SeriesSamples> {

        private final int from;
        private final int to;
        private final List<GridSeries> result = new ArrayList<>();
        private long series;
        private long samples;
        private final long[] own;

        Share(int from, int to) {
            this.from = from;
            this.to = to;
            this.own = new long[counted.length];
        }

        @Override
        public void accept(SeriesSamples read) {
            series++;
            samples += read.size();
            run.begin(read.size(), grid.steps());
            if (counts != null) {
                work.count(read, from, to, own);
            }
            GridSeries computed = work.compute(read, from, to);
            if (computed == null) {
                run.release((long) read.size() + grid.steps());
            } else {
                result.add(computed);
                run.release(read.size());
            }
        }
    }

    private List<GridSeries> computed(int from, int to) {
        List<Share> shares = new ArrayList<>();
        select.scanShared(
                run.tenant(),
                work.matchers(),
                windows(from, to),
                limits,
                () -> {
                    Share share = new Share(from, to);
                    shares.add(share);
                    return share;
                });
        return joined(shares);
    }

    private List<GridSeries> joined(List<Share> shares) {
        List<GridSeries> result = new ArrayList<>();
        for (Share share : shares) {
            rawSeries += share.series;
            samplesRead += share.samples;
            result.addAll(share.result);
            count(share.own);
        }
        result.sort(BY_LABELS);
        return result;
    }

    private void count(long[] samples) {
        for (int step = 0; step < samples.length; step++) {
            counted[step] += samples[step];
        }
    }

    private void release(List<GridSeries> series) {
        run.release((long) series.size() * grid.steps());
    }

    /// The steps before `to`, from the engine.
    private List<GridSeries> engine(int to) {
        GridFunction function = pays() ? work.pushed() : null;
        GridAnswer answer = function == null ? null : ask(function, to);
        if (function == null || answer == null) {
            return computed(0, to);
        }
        pushed = function.name().toLowerCase(Locale.ROOT);
        Share share = new Share(0, to);
        for (GridAnswer.Row row : answer.rows()) {
            run.hold(grid.steps());
            share.result.add(work.computed(row.labels(), wide(row.values())));
        }
        answer.raw().forEach(share);
        if (counts != null) {
            count(answer.stepSamples());
        }
        long there = answer.samples() - share.samples;
        samplesRead += there;
        run.countSelected(answer.rows().size(), there);
        run.release(there);
        return joined(List.of(share));
    }

    /// Whether each value stands for so many samples that it is better computed where they lie.
    private boolean pays() {
        long spacingMs = grid.steps() == 1 ? work.windowMs() : grid.stepMs();
        return work.time().atMs() == null && spacingMs >= pushFromMs;
    }

    private @Nullable GridAnswer ask(GridFunction function, int steps) {
        GridQuery query =
                new GridQuery(
                        function,
                        work.windowMs(),
                        work.time().resolve(grid.startMs()),
                        grid.stepMs(),
                        steps,
                        counts != null && !work.countsValues());
        return select.grid(run.tenant(), work.matchers(), query, limits);
    }

    /// Values of the first steps as values of all.
    private double[] wide(double[] values) {
        if (values.length == grid.steps()) {
            return values;
        }
        double[] all = Arrays.copyOf(values, grid.steps());
        Arrays.fill(all, values.length, all.length, GridSeries.ABSENT);
        return all;
    }

    /// Both halves of each series; both lists are sorted.
    private List<GridSeries> merged(List<GridSeries> old, List<GridSeries> hot, int hotFrom) {
        if (old.isEmpty() || hot.isEmpty()) {
            return old.isEmpty() ? hot : old;
        }
        List<GridSeries> all = new ArrayList<>(Math.max(old.size(), hot.size()));
        int i = 0;
        int j = 0;
        while (i < old.size() || j < hot.size()) {
            int order =
                    i == old.size()
                            ? 1
                            : j == hot.size() ? -1 : BY_LABELS.compare(old.get(i), hot.get(j));
            if (order < 0) {
                all.add(old.get(i++));
            } else if (order > 0) {
                all.add(hot.get(j++));
            } else {
                GridSeries series = old.get(i++);
                GridSeries newer = hot.get(j++);
                series.copyFrom(newer, hotFrom);
                run.release(grid.steps());
                all.add(series);
            }
        }
        return all;
    }
}

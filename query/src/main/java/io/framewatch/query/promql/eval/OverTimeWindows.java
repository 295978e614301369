package io.framewatch.query.promql.eval;

import io.framewatch.model.histogram.Kahan;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.store.SeriesSamples;
import org.jspecify.annotations.Nullable;

/// `sum_over_time`, `avg_over_time`, `min_over_time` and `max_over_time` over series of plain
/// floats at many steps, so that a step costs the same however long its window is.
///
/// Sums are differences of running sums of 106 bits. What is added must be close enough in size
/// that none of its bits gets lost there ([#SPREAD_BITS]), so that each sum is as good as a
/// compensated one of the window alone; other series are left to [HistogramOverTime]. Extremes are
/// the first of a queue out of which goes what a later sample outdoes.
final class OverTimeWindows {

    /// By so many bits the sizes of numbers may differ, zeros aside: with 53 bits of each and the
    /// bits that adding a million of them takes, they fit into 106.
    private static final int SPREAD_BITS = 30;

    private final SeriesSamples samples;
    private final Kind kind;

    private enum Kind {
        SUM,
        MEAN,
        MIN,
        MAX
    }

    /// What moves over the samples: the window is those at `first` to `after` (exclusive), which
    /// are not none and never go back.
    @FunctionalInterface
    private interface Moved {
        double value(int first, int after);
    }

    private OverTimeWindows(SeriesSamples samples, Kind kind) {
        this.samples = samples;
        this.kind = kind;
    }

    /// Such windows, or null if the function or the samples are of another kind.
    static @Nullable OverTimeWindows of(SeriesSamples samples, RangeCall call, Mode mode) {
        if (mode != Mode.PLAIN || samples.histograms() != null) {
            return null;
        }
        return switch (call.name()) {
            case "sum_over_time" -> sums(samples, Kind.SUM);
            case "avg_over_time" -> sums(samples, Kind.MEAN);
            case "min_over_time" -> new OverTimeWindows(samples, Kind.MIN);
            case "max_over_time" -> new OverTimeWindows(samples, Kind.MAX);
            default -> null;
        };
    }

    private static @Nullable OverTimeWindows sums(SeriesSamples samples, Kind kind) {
        int smallest = Double.MAX_EXPONENT;
        int largest = Double.MIN_EXPONENT;
        for (int i = 0; i < samples.size(); i++) {
            double value = samples.values()[i];
            if (value != 0) {
                int exponent = Math.getExponent(value); // beyond the largest if it is no number
                smallest = Math.min(smallest, exponent);
                largest = Math.max(largest, exponent);
            }
        }
        boolean close =
                largest - smallest <= SPREAD_BITS
                        && smallest > Double.MIN_EXPONENT + 106
                        && largest < Double.MAX_EXPONENT - 53;
        return close ? new OverTimeWindows(samples, kind) : null;
    }

    /// The function at the steps from `from` to `to` (exclusive), or null if it has no value there.
    @Nullable GridSeries apply(
            LeafTime time, long rangeMs, boolean dropName, StepGrid grid, int from, int to) {
        Moved moved =
                kind == Kind.SUM || kind == Kind.MEAN
                        ? new Sums(samples, kind == Kind.MEAN)
                        : new Extremes(samples, kind == Kind.MAX ? 1 : -1);
        long[] times = samples.timestampsMs();
        int size = samples.size();
        GridSeries series = null;
        int first = 0;
        int after = 0;
        for (int step = from; step < to; step++) {
            long endMs = time.resolve(grid.timeMs(step));
            while (after < size && times[after] <= endMs) {
                after++;
            }
            while (first < after && times[first] <= endMs - rangeMs) {
                first++;
            }
            if (after == first) {
                continue;
            }
            if (series == null) {
                series = GridSeries.empty(samples.labels(), dropName, grid.steps());
            }
            series.values()[step] = moved.value(first, after);
        }
        return series;
    }

    /// Sums of all samples before each, in two parts: the number and what it lacks.
    private static final class Sums implements Moved {

        private final double[] sums;
        private final double[] lost;
        private final boolean mean;

        Sums(SeriesSamples samples, boolean mean) {
            int size = samples.size();
            this.sums = new double[size + 1];
            this.lost = new double[size + 1];
            this.mean = mean;
            double sum = 0;
            double rest = 0;
            for (int i = 0; i < size; i++) {
                double value = samples.values()[i];
                double total = sum + value;
                rest += Kahan.lost(sum, value, total);
                sum = total + rest;
                rest -= sum - total;
                sums[i + 1] = sum;
                lost[i + 1] = rest;
            }
        }

        @Override
        public double value(int first, int after) {
            double sum = sums[after] - sums[first];
            double rest = Kahan.lost(sums[after], -sums[first], sum) + (lost[after] - lost[first]);
            double count = after - first;
            return mean ? sum / count + rest / count : sum + rest;
        }
    }

    /// Indices of samples that no later one outdoes, the best first.
    private static final class Extremes implements Moved {

        private final double[] values;
        private final int sign;
        private int[] queue = new int[16];
        private int head;
        private int tail;
        private int next;

        Extremes(SeriesSamples samples, int sign) {
            this.values = samples.values();
            this.sign = sign;
        }

        @Override
        public double value(int first, int after) {
            next = Math.max(next, first);
            while (next < after) {
                enter(next++);
            }
            while (head < tail && queue[head] < first) {
                head++;
            }
            return head < tail ? values[queue[head]] : values[after - 1]; // all are NaN
        }

        private void enter(int index) {
            double value = values[index];
            if (Double.isNaN(value)) {
                return;
            }
            while (tail > head && sign * value >= sign * values[queue[tail - 1]]) {
                tail--;
            }
            if (tail == queue.length) {
                makeRoom();
            }
            queue[tail++] = index;
        }

        private void makeRoom() {
            int held = tail - head;
            int[] to = held > queue.length / 2 ? new int[queue.length * 2] : queue;
            System.arraycopy(queue, head, to, 0, held);
            queue = to;
            head = 0;
            tail = held;
        }
    }
}

package io.framewatch.query.promql.eval;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.AggregateOp;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Aggregate;
import io.framewatch.query.promql.eval.Grouping.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Aggregations that keep some samples of a group as they are.
final class Selection {

    private static final double LONG_LIMIT = 0x1p63;

    /// Up to so many of a group are kept in order as they are found; of more, all are sorted.
    private static final int INSERTED_MAX = 128;

    private final QueryRun run;
    private final Aggregate aggregate;
    private final StepGrid grid;

    Selection(QueryRun run, Aggregate aggregate, StepGrid grid) {
        this.run = run;
        this.aggregate = aggregate;
        this.grid = grid;
    }

    /// Refuses parameters that say nothing, and tells of those that say too much.
    void checkParameter(double[] parameters) {
        Expr at = aggregate.parameter();
        if (at == null) {
            return;
        }
        boolean ratio = aggregate.op() == AggregateOp.LIMIT_RATIO;
        for (double value : parameters) {
            if (Double.isNaN(value)) {
                String what = ratio ? "Ratio value is NaN" : "Parameter value is NaN";
                throw run.fault(at.span(), what, "Give a number.");
            }
            if (!ratio && Math.abs(value) >= LONG_LIMIT) {
                String way = value > 0 ? "overflows" : "underflows";
                throw run.fault(
                        at.span(),
                        "Scalar value " + FloatFormat.general(value) + " " + way + " int64",
                        "Give a smaller number.");
            }
            if (ratio && Math.abs(value) > 1) {
                double capped = Math.signum(value);
                run.annotations()
                        .warn(
                                at.span(),
                                "ratio value should be between -1 and 1, got "
                                        + FloatFormat.general(value)
                                        + ", capping to "
                                        + FloatFormat.general(capped));
            }
        }
    }

    /// The largest or smallest `k` floats at each step; NaN only where there is nothing else. Of a
    /// single step they come in order.
    List<GridSeries> extreme(Group group, double[] parameters) {
        List<GridSeries> members = group.members();
        @Nullable GridSeries[] kept = new GridSeries[members.size()];
        List<GridSeries> inOrder = new ArrayList<>();
        boolean mayHave = Reduction.anyHistograms(members);
        boolean histograms = false;
        for (int step = 0; step < grid.steps(); step++) {
            histograms |= mayHave && Reduction.anyHistogramAt(group, step);
            long k = (long) parameters[step];
            if (k < 1) {
                continue;
            }
            int most = (int) Math.min(k, members.size());
            for (int index :
                    most <= INSERTED_MAX
                            ? best(members, step, most)
                            : sorted(members, step, most)) {
                GridSeries series = keep(kept, members, index, step);
                if (grid.steps() == 1) {
                    inOrder.add(series);
                }
            }
        }
        if (histograms) {
            Reduction.ignored(run, aggregate);
        }
        return grid.steps() == 1 ? inOrder : present(kept);
    }

    /// Indices of the best `k` members, best first, equal ones in their order: a list of the best
    /// so far, into which few are put once it is full.
    private int[] best(List<GridSeries> members, int step, int k) {
        boolean top = aggregate.op() == AggregateOp.TOPK;
        int[] best = new int[k];
        double[] values = new double[k];
        int size = 0;
        for (int i = 0; i < members.size(); i++) {
            if (!members.get(i).hasFloat(step)) {
                continue;
            }
            double value = members.get(i).value(step);
            if (size == k && order(value, values[size - 1], top) >= 0) {
                continue;
            }
            int at = size < k ? size++ : size - 1;
            for (; at > 0 && order(value, values[at - 1], top) < 0; at--) {
                best[at] = best[at - 1];
                values[at] = values[at - 1];
            }
            best[at] = i;
            values[at] = value;
        }
        return Arrays.copyOf(best, size);
    }

    /// The same by sorting all.
    private int[] sorted(List<GridSeries> members, int step, int k) {
        boolean top = aggregate.op() == AggregateOp.TOPK;
        Integer[] candidates = candidates(members, step);
        Comparator<Integer> bestFirst =
                (a, b) -> order(members.get(a).value(step), members.get(b).value(step), top);
        Arrays.sort(candidates, bestFirst);
        return Arrays.stream(candidates).mapToInt(Integer::intValue).limit(k).toArray();
    }

    /// Which of two values comes first; NaN comes last.
    private static int order(double x, double y, boolean top) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
        }
        return top ? Double.compare(y, x) : Double.compare(x, y);
    }

    private static Integer[] candidates(List<GridSeries> members, int step) {
        List<Integer> candidates = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).hasFloat(step)) {
                candidates.add(i);
            }
        }
        return candidates.toArray(Integer[]::new);
    }

    private GridSeries keep(
            @Nullable GridSeries[] kept, List<GridSeries> members, int index, int step) {
        GridSeries member = members.get(index);
        GridSeries series = kept[index];
        if (series == null) {
            series = GridSeries.empty(member.labels(), member.dropName(), grid.steps());
            kept[index] = series;
        }
        series.copy(member, step);
        return series;
    }

    private static List<GridSeries> present(@Nullable GridSeries[] kept) {
        List<GridSeries> present = new ArrayList<>();
        for (GridSeries each : kept) {
            if (each != null) {
                present.add(each);
            }
        }
        return present;
    }

    /// The first `k` samples at each step.
    List<GridSeries> firstOf(Group group, double[] parameters) {
        List<GridSeries> members = group.members();
        @Nullable GridSeries[] kept = new GridSeries[members.size()];
        for (int step = 0; step < grid.steps(); step++) {
            long left = (long) parameters[step];
            for (int i = 0; i < members.size() && left > 0; i++) {
                if (members.get(i).has(step)) {
                    keep(kept, members, i, step);
                    left--;
                }
            }
        }
        return present(kept);
    }

    /// The samples whose labels hash into the first `ratio` of all hashes or, for a negative ratio,
    /// into the last.
    List<GridSeries> ratio(Group group, double[] parameters) {
        List<GridSeries> members = group.members();
        @Nullable GridSeries[] kept = new GridSeries[members.size()];
        for (int i = 0; i < members.size(); i++) {
            double place = place(members.get(i).labels());
            for (int step = 0; step < grid.steps(); step++) {
                double ratio = Math.max(-1, Math.min(1, parameters[step]));
                boolean in = ratio >= 0 ? place < ratio : place >= 1 + ratio;
                if (in && members.get(i).has(step)) {
                    keep(kept, members, i, step);
                }
            }
        }
        return present(kept);
    }

    /// A number from 0 to below 1 that depends on the labels alone.
    private static double place(Labels labels) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < labels.size(); i++) {
            hash = mix(mix(hash, labels.nameAt(i)), labels.valueAt(i));
        }
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        hash ^= hash >>> 33;
        return (hash >>> 11) * 0x1p-53;
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (mixed ^ 0xff) * 0x100000001b3L;
    }
}

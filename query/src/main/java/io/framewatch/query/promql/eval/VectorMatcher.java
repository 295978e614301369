package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.ast.Expr.Binary;
import io.framewatch.query.promql.ast.VectorMatching;
import io.framewatch.query.promql.ast.VectorMatching.Cardinality;
import io.framewatch.query.promql.print.SeriesText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Operators between two vectors: finds the partners of each series and computes step by step.
final class VectorMatcher {

    private final QueryRun run;
    private final Binary binary;
    private final VectorMatching matching;
    private final StepGrid grid;
    private final PairMath math;
    private final boolean swapped;
    private final boolean oneToOne;
    private final boolean drop;
    private final Map<Key, GridSeries> results = new LinkedHashMap<>();
    private @Nullable GridSeries lastMany;
    private @Nullable GridSeries lastOne;
    private @Nullable GridSeries lastResult;

    /// The series of a group that share a signature: `many` of the side that may have several.
    private record Partners(Labels signature, List<GridSeries> many, List<GridSeries> one) {}

    private record Key(Labels labels, boolean dropName) {}

    VectorMatcher(QueryRun run, Binary binary, VectorMatching matching, StepGrid grid) {
        this.run = run;
        this.binary = binary;
        this.matching = matching;
        this.grid = grid;
        this.math = new PairMath(run, binary);
        this.swapped = matching.cardinality() == Cardinality.ONE_TO_MANY;
        this.oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
        this.drop = BinaryEvaluator.dropsName(binary);
    }

    List<GridSeries> match(List<GridSeries> left, List<GridSeries> right) {
        boolean[] worth = worthLooking(left, right);
        for (Partners partners :
                partners(swapped ? right : left, swapped ? left : right).values()) {
            run.check();
            matchGroup(partners, worth);
        }
        return results.values().stream().filter(GridSeries::hasAny).toList();
    }

    /// The steps at which anything can match: where a side is empty and nothing fills in for it,
    /// there is no answer, and nobody complains of series of the other side that are too alike.
    private boolean[] worthLooking(List<GridSeries> left, List<GridSeries> right) {
        boolean[] any = anySample(left);
        boolean[] other = anySample(right);
        boolean filled = matching.fillLeft() != null || matching.fillRight() != null;
        for (int step = 0; step < any.length; step++) {
            any[step] = filled ? any[step] || other[step] : any[step] && other[step];
        }
        return any;
    }

    private boolean[] anySample(List<GridSeries> series) {
        boolean[] any = new boolean[grid.steps()];
        int missing = any.length;
        for (GridSeries each : series) {
            for (int step = 0; step < any.length; step++) {
                if (!any[step] && each.has(step)) {
                    any[step] = true;
                    missing--;
                }
            }
            if (missing == 0) {
                break;
            }
        }
        return any;
    }

    private Map<Labels, Partners> partners(List<GridSeries> many, List<GridSeries> one) {
        Signatures signatures = new Signatures(matching);
        Map<Labels, Partners> partners = new LinkedHashMap<>();
        for (GridSeries each : many) {
            at(partners, signatures.of(each.labels())).many().add(each);
        }
        for (GridSeries each : one) {
            at(partners, signatures.of(each.labels())).one().add(each);
        }
        return partners;
    }

    private static Partners at(Map<Labels, Partners> partners, Labels signature) {
        return partners.computeIfAbsent(
                signature, s -> new Partners(s, new ArrayList<>(), new ArrayList<>()));
    }

    /// As in Prometheus, "left" in `fill_left` means the side that may have many series.
    private void matchGroup(Partners partners, boolean[] worth) {
        int steps = grid.steps();
        @Nullable GridSeries[] ones = new GridSeries[steps];
        for (int step = 0; step < steps; step++) {
            ones[step] = worth[step] ? onePresent(partners, step) : null;
        }
        Double fillOne = matching.fillRight();
        Double fillMany = matching.fillLeft();
        boolean[] matched = new boolean[steps];
        for (GridSeries many : partners.many()) {
            for (int step = 0; step < steps; step++) {
                if (many.has(step) && (ones[step] != null || fillOne != null)) {
                    if (oneToOne && matched[step]) {
                        throw tooMany();
                    }
                    matched[step] = true;
                    compute(many, ones[step], fillOne, step, partners.signature());
                }
            }
        }
        for (int step = 0; step < steps && fillMany != null; step++) {
            if (!matched[step] && ones[step] != null) {
                compute(null, ones[step], fillMany, step, partners.signature());
            }
        }
    }

    private RuntimeException tooMany() {
        return run.fault(
                binary.span(),
                "multiple matches for labels: many-to-one matching must be explicit"
                        + " (group_left/group_right)",
                "Add group_left or group_right, or match on more labels.");
    }

    private @Nullable GridSeries onePresent(Partners partners, int step) {
        GridSeries one = null;
        for (GridSeries each : partners.one()) {
            if (!each.has(step)) {
                continue;
            }
            if (one != null) {
                String side = swapped ? "left" : "right";
                throw run.fault(
                        binary.span(),
                        "found duplicate series for the match group "
                                + SeriesText.of(partners.signature())
                                + " on the "
                                + side
                                + " hand-side of the operation: ["
                                + shown(one)
                                + ", "
                                + shown(each)
                                + "];many-to-many matching not allowed: matching labels must be"
                                + " unique on one side",
                        "Match on more labels, or aggregate that side.");
            }
            one = each;
        }
        return one;
    }

    private static String shown(GridSeries series) {
        return SeriesText.of(
                series.dropName() ? series.labels().drop(SeriesMerge.METADATA) : series.labels());
    }

    private void compute(
            @Nullable GridSeries many,
            @Nullable GridSeries one,
            @Nullable Double fill,
            int step,
            Labels signature) {
        double filled = fill == null ? 0 : fill;
        double manyValue = many == null ? filled : many.value(step);
        double oneValue = one == null ? filled : one.value(step);
        NativeHistogram manyHistogram = many == null ? null : many.histogram(step);
        NativeHistogram oneHistogram = one == null ? null : one.histogram(step);
        boolean kept =
                swapped
                        ? math.compute(oneValue, oneHistogram, manyValue, manyHistogram)
                        : math.compute(manyValue, manyHistogram, oneValue, oneHistogram);
        GridSeries result = result(many, one, signature);
        if (result.has(step)) {
            throw run.fault(
                    binary.span(),
                    "multiple matches for labels: grouping labels must ensure unique matches",
                    "Keep a label that tells the series apart.");
        }
        if (kept) {
            NativeHistogram answer = math.histogram();
            if (answer != null) {
                result.set(step, answer);
            } else {
                result.set(step, math.value());
            }
        }
    }

    /// The series that a pair writes to; neighbouring steps mostly ask for the same one.
    private GridSeries result(
            @Nullable GridSeries many, @Nullable GridSeries one, Labels signature) {
        GridSeries last = lastResult;
        if (last != null && many == lastMany && one == lastOne) {
            return last;
        }
        GridSeries result =
                results.computeIfAbsent(
                        key(many, one, signature),
                        k -> GridSeries.empty(k.labels(), k.dropName(), grid.steps()));
        lastResult = result;
        lastMany = many;
        lastOne = one;
        return result;
    }

    private Key key(@Nullable GridSeries many, @Nullable GridSeries one, Labels signature) {
        Labels base = many == null ? signature : many.labels();
        Labels.Builder labels = (drop ? base.drop(SeriesMerge.METADATA) : base).toBuilder();
        boolean dropName = drop || many != null && many.dropName() || many == null;
        if (oneToOne && many != null) {
            Labels kept =
                    matching.on()
                            ? labels.build().keep(matching.labels())
                            : labels.build().drop(matching.labels());
            labels = kept.toBuilder();
        }
        for (String name : matching.include()) {
            labels.set(name, one == null ? "" : one.labels().get(name));
        }
        return new Key(labels.build(), dropName);
    }
}

package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.ast.Expr.MatrixSelector;
import io.framewatch.query.promql.ast.Expr.Mode;
import io.framewatch.query.promql.ast.Expr.Subquery;
import io.framewatch.query.promql.ast.Expr.VectorSelector;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `info`: adds the labels of info series that have the same `instance` and `job`.
final class InfoFunction {

    private static final Set<String> IDENTIFYING = Set.of("instance", "job");
    private static final String DEFAULT_INFO = "target_info";

    private final Evaluator evaluator;

    InfoFunction(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// What the second argument says.
    ///
    /// @param names conditions on the names of info metrics
    /// @param data conditions on their other labels
    private record Wanted(List<Matcher> names, List<Matcher> data) {

        boolean isInfo(Labels labels) {
            return names.stream().allMatch(m -> m.matches(labels.metricName()));
        }

        boolean takesEmpty() {
            return data.stream().allMatch(Matcher::matchesEmpty);
        }

        boolean includes(String label) {
            return data.isEmpty() || data.stream().anyMatch(m -> m.name().equals(label));
        }
    }

    Vectors evaluate(Call call, StepGrid grid, boolean resolveResets) {
        Wanted wanted = wanted(call);
        Expr input = call.arguments().getFirst();
        LeafTime time = time(input);
        List<GridSeries> base = evaluator.vector(input, grid, resolveResets);
        Map<Labels, List<GridSeries>> infos =
                infos(wanted, base, time == null ? new LeafTime(null, 0) : time, grid, call);
        List<GridSeries> result = new ArrayList<>();
        for (GridSeries series : base) {
            if (wanted.isInfo(series.labels())) {
                result.add(series);
            } else {
                result.addAll(enriched(series, infos, wanted, grid, call));
            }
        }
        return new Vectors(SeriesMerge.merge(result, evaluator.run(), call.span(), grid.steps()));
    }

    private static Wanted wanted(Call call) {
        List<Matcher> names = new ArrayList<>();
        List<Matcher> data = new ArrayList<>();
        if (call.arguments().size() > 1
                && call.arguments().get(1) instanceof VectorSelector selector) {
            for (Matcher matcher : selector.matchers()) {
                (matcher.name().equals(Labels.NAME) ? names : data).add(matcher);
            }
        }
        boolean positive =
                names.stream()
                        .anyMatch(m -> m.op() == Matcher.Op.EQUAL || m.op() == Matcher.Op.REGEX);
        if (names.isEmpty()) {
            names.add(Matcher.equal(Labels.NAME, DEFAULT_INFO));
        } else if (!positive) {
            names.add(Matcher.of(Matcher.Op.REGEX, Labels.NAME, ".+_info"));
        }
        return new Wanted(List.copyOf(names), List.copyOf(data));
    }

    /// The time at which the info series are looked up: that of the samples of the first selector.
    /// Its innermost `@`, or that of a subquery around it, is where it stands; the offsets up to
    /// there add up. Null if there is no selector.
    private @Nullable LeafTime time(Expr expr) {
        return switch (expr) {
            case VectorSelector s -> evaluator.selectors().time(s);
            case MatrixSelector m -> evaluator.selectors().time(m.selector());
            case Subquery s -> around(s, time(s.inner()));
            case Call c ->
                    c.arguments().stream()
                            .map(this::time)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
            case Expr.Aggregate a -> time(a.inner());
            case Expr.Binary b -> {
                LeafTime left = time(b.left());
                yield left != null ? left : time(b.right());
            }
            case Expr.Unary u -> time(u.inner());
            case Expr.Paren p -> time(p.inner());
            case Expr.NumberLiteral _, Expr.StringLiteral _ -> null;
        };
    }

    private @Nullable LeafTime around(Subquery subquery, @Nullable LeafTime inner) {
        if (inner == null || inner.atMs() != null) {
            return inner;
        }
        Durations durations = evaluator.selectors().durations();
        return new LeafTime(
                durations.atMs(subquery.at()),
                inner.offsetMs() + durations.offsetMs(subquery.offset()));
    }

    private Map<Labels, List<GridSeries>> infos(
            Wanted wanted, List<GridSeries> base, LeafTime time, StepGrid grid, Call call) {
        Map<Labels, List<GridSeries>> infos = new HashMap<>();
        if (base.stream().allMatch(series -> wanted.isInfo(series.labels()))) {
            return infos;
        }
        List<Matcher> matchers = new ArrayList<>(wanted.names());
        wanted.data().stream().filter(m -> !m.matchesEmpty()).forEach(matchers::add);
        InstantLeaf values =
                new InstantLeaf(
                        matchers,
                        time,
                        Mode.PLAIN,
                        InstantLeaf.Extraction.VALUE,
                        false,
                        call.span());
        for (GridSeries series : evaluator.leaves().instant(values, grid, evaluator.run())) {
            if (series.mayHaveHistograms()) {
                throw evaluator
                        .run()
                        .fault(
                                call.span(),
                                "this should be an info metric, with float samples: "
                                        + series.labels(),
                                "Name a metric of floats.");
            }
        }
        InstantLeaf times =
                new InstantLeaf(
                        matchers,
                        time,
                        Mode.PLAIN,
                        InstantLeaf.Extraction.TIMESTAMP,
                        false,
                        call.span());
        for (GridSeries series : evaluator.leaves().instant(times, grid, evaluator.run())) {
            Labels key = series.labels().keep(IDENTIFYING);
            infos.computeIfAbsent(key, _ -> new ArrayList<>()).add(series);
        }
        return infos;
    }

    private List<GridSeries> enriched(
            GridSeries series,
            Map<Labels, List<GridSeries>> infos,
            Wanted wanted,
            StepGrid grid,
            Call call) {
        Labels identity = series.labels().keep(IDENTIFYING);
        List<GridSeries> candidates = identity.isEmpty() ? null : infos.get(identity);
        Map<Labels, GridSeries> results = new LinkedHashMap<>();
        for (int step = 0; step < grid.steps(); step++) {
            if (!series.has(step)) {
                continue;
            }
            List<GridSeries> newest = newest(candidates, step, call);
            if (newest.isEmpty() && !wanted.takesEmpty()) {
                continue;
            }
            Labels labels = labels(series.labels(), newest, wanted, call);
            results.computeIfAbsent(
                            labels, l -> GridSeries.empty(l, series.dropName(), grid.steps()))
                    .copy(series, step);
        }
        return List.copyOf(results.values());
    }

    /// Of each info metric the series with the newest sample at `step`.
    private List<GridSeries> newest(@Nullable List<GridSeries> candidates, int step, Call call) {
        Map<String, GridSeries> newest = new LinkedHashMap<>();
        if (candidates == null) {
            return List.of();
        }
        for (GridSeries candidate : candidates) {
            if (!candidate.has(step)) {
                continue;
            }
            String name = candidate.labels().metricName();
            GridSeries present = newest.get(name);
            if (present == null || present.value(step) < candidate.value(step)) {
                newest.put(name, candidate);
            } else if (present.value(step) == candidate.value(step)) {
                throw evaluator
                        .run()
                        .fault(
                                call.span(),
                                "found duplicate series for info metric: existing "
                                        + present.labels()
                                        + ", new "
                                        + candidate.labels(),
                                "Mark the old info series stale.");
            }
        }
        return List.copyOf(newest.values());
    }

    private Labels labels(Labels base, List<GridSeries> infos, Wanted wanted, Call call) {
        Labels.Builder labels = base.toBuilder();
        Map<String, String> added = new HashMap<>();
        for (GridSeries info : infos) {
            info.labels()
                    .forEach((name, value) -> {
                        boolean taken =
                                name.equals(Labels.NAME)
                                        || IDENTIFYING.contains(name)
                                        || base.has(name)
                                        || !wanted.includes(name);
                        if (taken) {
                            return;
                        }
                        String before = added.putIfAbsent(name, value);
                        if (before != null && !before.equals(value)) {
                            throw evaluator
                                    .run()
                                    .fault(
                                            call.span(),
                                            "conflicting label: " + name,
                                            "Restrict the info metrics.");
                        }
                        labels.set(name, value);
                    });
        }
        return labels.build();
    }
}

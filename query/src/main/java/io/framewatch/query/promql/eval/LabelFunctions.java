package io.framewatch.query.promql.eval;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.framewatch.model.Labels;
import io.framewatch.model.UserPattern;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import io.framewatch.query.promql.parse.Literals;
import io.framewatch.query.promql.print.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `label_replace` and `label_join`.
final class LabelFunctions {

    private final Evaluator evaluator;

    LabelFunctions(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Vectors evaluate(Call call, StepGrid grid, boolean resolveResets) {
        List<Expr> arguments = call.arguments();
        String target = Evaluator.text(arguments.get(1));
        checkName(call, "destination", target, arguments.get(1));
        LabelSource source =
                call.function().name().equals("label_join")
                        ? join(call, arguments)
                        : replace(arguments);
        List<GridSeries> result = new ArrayList<>();
        for (GridSeries series : evaluator.vector(arguments.getFirst(), grid, resolveResets)) {
            String value = source.value(series.labels());
            if (value == null) {
                result.add(series);
            } else {
                boolean drop = series.dropName() && !target.equals(Labels.NAME);
                result.add(series.renamed(series.labels().with(target, value), drop));
            }
        }
        return new Vectors(SeriesMerge.merge(result, evaluator.run(), call.span(), grid.steps()));
    }

    /// The new value of a label; null to leave the labels as they are.
    @FunctionalInterface
    private interface LabelSource {
        @Nullable String value(Labels labels);
    }

    private void checkName(Call call, String which, String name, Expr at) {
        if (!Literals.isLabelName(name)) {
            throw evaluator
                    .run()
                    .fault(
                            at.span(),
                            "invalid "
                                    + which
                                    + " label name in "
                                    + call.function().name()
                                    + "(): "
                                    + Quoting.bare(name),
                            "Choose a valid label name.");
        }
    }

    private LabelSource join(Call call, List<Expr> arguments) {
        String separator = Evaluator.text(arguments.get(2));
        for (Expr argument : arguments.subList(3, arguments.size())) {
            checkName(call, "source", Evaluator.text(argument), argument);
        }
        List<String> names = arguments.stream().skip(3).map(Evaluator::text).toList();
        return labels -> names.stream().map(labels::get).collect(Collectors.joining(separator));
    }

    private LabelSource replace(List<Expr> arguments) {
        String replacement = Evaluator.text(arguments.get(2));
        String name = Evaluator.text(arguments.get(3));
        String regex = Evaluator.text(arguments.get(4));
        Pattern pattern;
        try {
            pattern = UserPattern.compile("^(?s:" + regex + ")$");
        } catch (PatternSyntaxException e) {
            throw evaluator
                    .run()
                    .fault(
                            arguments.get(4).span(),
                            "invalid regular expression in label_replace(): " + regex,
                            "Mend the pattern; the syntax is RE2's.");
        }
        return labels -> {
            Matcher matcher = pattern.matcher(labels.get(name));
            return matcher.find() ? Expansion.expand(replacement, matcher, pattern) : null;
        };
    }
}

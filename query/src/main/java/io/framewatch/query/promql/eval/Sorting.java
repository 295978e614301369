package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.ast.Expr;
import io.framewatch.query.promql.ast.Expr.Call;
import io.framewatch.query.promql.eval.GridValue.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `sort` and its kin. They order instant answers; answers over a range are ordered by labels
/// whatever they do.
final class Sorting {

    private Sorting() {}

    static Vectors apply(Evaluator evaluator, Call call, StepGrid grid, boolean resolveResets) {
        QueryRun run = evaluator.run();
        if (run.isRange()) {
            run.annotations()
                    .warn(
                            call.span(),
                            "sort is ineffective for range queries since results are always"
                                    + " ordered by labels");
        }
        List<GridSeries> series =
                new ArrayList<>(evaluator.vector(call.arguments().getFirst(), grid, resolveResets));
        boolean descending = call.function().name().endsWith("_desc");
        if (!call.function().name().startsWith("sort_by_label")) {
            series.removeIf(each -> grid.steps() == 1 && !each.hasFloat(0));
        }
        if (grid.steps() > 1) {
            return new Vectors(series);
        }
        series.sort(
                call.function().name().startsWith("sort_by_label")
                        ? byLabels(call.arguments(), descending)
                        : byValue(descending));
        return new Vectors(series);
    }

    private static Comparator<GridSeries> byValue(boolean descending) {
        Comparator<GridSeries> numbers = Comparator.comparingDouble(each -> each.value(0));
        return Comparator.<GridSeries, Boolean>comparing(each -> Double.isNaN(each.value(0)))
                .thenComparing(descending ? numbers.reversed() : numbers);
    }

    private static Comparator<GridSeries> byLabels(List<Expr> arguments, boolean descending) {
        List<String> names = arguments.stream().skip(1).map(Evaluator::text).toList();
        Comparator<GridSeries> order =
                (a, b) -> {
                    for (String name : names) {
                        int each = natural(a.labels().get(name), b.labels().get(name));
                        if (each != 0) {
                            return each;
                        }
                    }
                    return a.labels().compareTo(b.labels());
                };
        return descending ? order.reversed() : order;
    }

    /// Compares texts with the numbers in them compared as numbers.
    static int natural(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int iEnd = digitsEnd(a, i);
                int jEnd = digitsEnd(b, j);
                int order = compareDigits(a.substring(i, iEnd), b.substring(j, jEnd));
                if (order != 0) {
                    return order;
                }
                i = iEnd;
                j = jEnd;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Labels.compareCodePoints(a.substring(i), b.substring(j));
            } else {
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int compareDigits(String a, String b) {
        String x = a.replaceFirst("^0+(?=.)", "");
        String y = b.replaceFirst("^0+(?=.)", "");
        return x.length() == y.length() ? x.compareTo(y) : Integer.compare(x.length(), y.length());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}

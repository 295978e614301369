package io.framewatch.query.promql.eval;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.histogram.CounterResets;
import io.framewatch.model.histogram.HistogramText;
import io.framewatch.query.promql.ast.Expr.Mode;

/// `changes` and `resets`: how often neighbouring samples differ or fall.
final class ChangeFunctions {

    private ChangeFunctions() {}

    static double changes(Window window) {
        return count(window, ChangeFunctions::changed);
    }

    static double resets(Window window) {
        return count(window, ChangeFunctions::reset);
    }

    /// A property of a sample seen after the one before.
    @FunctionalInterface
    private interface Step {
        boolean at(Window window, int index);
    }

    private static double count(Window window, Step step) {
        if (window.size() == 0) {
            return GridSeries.ABSENT;
        }
        int first = window.mode() == Mode.ANCHORED ? ExtendedRate.anchor(window) : window.from();
        int count = 0;
        for (int i = first + 1; i < window.to(); i++) {
            count += step.at(window, i) ? 1 : 0;
        }
        return count;
    }

    private static boolean changed(Window window, int index) {
        NativeHistogram before = window.histogram(index - 1);
        NativeHistogram current = window.histogram(index);
        if (before != null && current != null) {
            return !HistogramText.same(before, current);
        }
        if (before != null || current != null) {
            return true;
        }
        double a = window.value(index - 1);
        double b = window.value(index);
        return a != b && !(Double.isNaN(a) && Double.isNaN(b));
    }

    private static boolean reset(Window window, int index) {
        NativeHistogram before = window.histogram(index - 1);
        NativeHistogram current = window.histogram(index);
        if (StartTimes.reset(window, index)) {
            return true;
        }
        if (before != null && current != null) {
            return CounterResets.between(before, current);
        }
        if (before != null || current != null) {
            return true;
        }
        return window.value(index) < window.value(index - 1);
    }
}

package io.framewatch.query.promql.eval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Functions from each float to a float; histograms are left out.
final class FloatFunctions {

    /// A function of a value and the scalar arguments at the same step; absent for no result.
    @FunctionalInterface
    interface Shape {
        double apply(double value, double[][] arguments, int step);
    }

    /// Beyond this no calendar reaches.
    private static final double SECONDS_MAX = 3e16;

    private static final double LN_2 = Math.log(2);

    /// Beyond this one more or less makes no difference to a square.
    private static final double SQUARED_MAX = 0x1p28;

    private static final Map<String, Shape> ALL =
            Map.ofEntries(
                    plain("abs", Math::abs),
                    plain("ceil", Math::ceil),
                    plain("floor", Math::floor),
                    plain("exp", Math::exp),
                    plain("sqrt", Math::sqrt),
                    plain("ln", Math::log),
                    plain("log2", FloatFunctions::log2),
                    plain("log10", Math::log10),
                    plain("sin", Math::sin),
                    plain("cos", Math::cos),
                    plain("tan", Math::tan),
                    plain("asin", Math::asin),
                    plain("acos", Math::acos),
                    plain("atan", Math::atan),
                    plain("sinh", Math::sinh),
                    plain("cosh", Math::cosh),
                    plain("tanh", Math::tanh),
                    plain("asinh", FloatFunctions::asinh),
                    plain("acosh", FloatFunctions::acosh),
                    plain("atanh", v -> 0.5 * Math.log1p(2 * v / (1 - v))),
                    plain("rad", v -> v * Math.PI / 180),
                    plain("deg", v -> v * 180 / Math.PI),
                    plain("sgn", v -> v < 0 ? -1 : v > 0 ? 1 : v),
                    plain("minute", date(ZonedDateTime::getMinute)),
                    plain("hour", date(ZonedDateTime::getHour)),
                    plain("day_of_week", date(d -> d.getDayOfWeek().getValue() % 7)),
                    plain("day_of_month", date(ZonedDateTime::getDayOfMonth)),
                    plain("day_of_year", date(ZonedDateTime::getDayOfYear)),
                    plain("days_in_month", date(d -> LocalDate.from(d).lengthOfMonth())),
                    plain("month", date(ZonedDateTime::getMonthValue)),
                    plain("year", date(ZonedDateTime::getYear)),
                    Map.entry("round", FloatFunctions::round),
                    Map.entry("clamp", (v, a, s) -> clamp(v, a[0][s], a[1][s])),
                    Map.entry("clamp_min", (v, a, s) -> Numbers.max(v, a[0][s])),
                    Map.entry("clamp_max", (v, a, s) -> Numbers.min(v, a[0][s])));

    private FloatFunctions() {}

    private static Map.Entry<String, Shape> plain(String name, DoubleUnaryOperator function) {
        return Map.entry(name, (value, _, _) -> function.applyAsDouble(value));
    }

    private static DoubleUnaryOperator date(ToDoubleFunction<ZonedDateTime> part) {
        return seconds ->
                Math.abs(seconds) < SECONDS_MAX
                        ? part.applyAsDouble(
                                Instant.ofEpochSecond((long) seconds).atZone(ZoneOffset.UTC))
                        : Double.NaN;
    }

    static @Nullable Shape find(String name) {
        return ALL.get(name);
    }

    private static double log2(double value) {
        int exponent = Math.getExponent(value);
        boolean power = value > 0 && exponent <= Double.MAX_EXPONENT;
        return power && Math.scalb(1.0, exponent) == value ? exponent : Math.log(value) / LN_2;
    }

    private static double asinh(double value) {
        double size = Math.abs(value);
        double result =
                size > SQUARED_MAX
                        ? Math.log(size) + LN_2
                        : Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return Math.copySign(result, value);
    }

    private static double acosh(double value) {
        if (value > SQUARED_MAX) {
            return Math.log(value) + LN_2;
        }
        double above = value - 1;
        return Math.log1p(above + Math.sqrt(above * (value + 1)));
    }

    private static double round(double value, double[][] arguments, int step) {
        double nearest = arguments.length == 0 ? 1 : arguments[0][step];
        double inverse = 1 / nearest;
        return Math.floor(value * inverse + 0.5) / inverse;
    }

    private static double clamp(double value, double min, double max) {
        return max < min ? GridSeries.ABSENT : Numbers.max(min, Numbers.min(max, value));
    }

    static List<GridSeries> apply(
            Shape shape,
            List<GridSeries> inputs,
            double[][] arguments,
            StepGrid grid,
            QueryRun run) {
        List<GridSeries> result = new ArrayList<>(inputs.size());
        for (GridSeries input : inputs) {
            run.check();
            double[] values = new double[grid.steps()];
            boolean any = false;
            for (int step = 0; step < values.length; step++) {
                values[step] =
                        input.hasFloat(step)
                                ? shape.apply(input.value(step), arguments, step)
                                : GridSeries.ABSENT;
                any |= !GridSeries.isAbsent(values[step]);
            }
            if (any) {
                result.add(GridSeries.of(input.labels(), true, values));
            }
        }
        return result;
    }
}

package io.framewatch.query.promql.ast;

import static io.framewatch.query.promql.ast.ValueType.MATRIX;
import static io.framewatch.query.promql.ast.ValueType.SCALAR;
import static io.framewatch.query.promql.ast.ValueType.STRING;
import static io.framewatch.query.promql.ast.ValueType.VECTOR;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All functions of PromQL, as listed in Prometheus's `querying/functions` documentation.
public final class Functions {

    private static final Set<String> EXPERIMENTAL =
            Set.of(
                    "double_exponential_smoothing",
                    "end",
                    "first_over_time",
                    "histogram_quantiles",
                    "info",
                    "mad_over_time",
                    "max_of",
                    "min_of",
                    "range",
                    "sort_by_label",
                    "sort_by_label_desc",
                    "start",
                    "start_timestamp",
                    "step",
                    "ts_of_first_over_time",
                    "ts_of_last_over_time",
                    "ts_of_max_over_time",
                    "ts_of_min_over_time");

    private static final Map<String, FunctionSignature> ALL = build();

    private Functions() {}

    /// The function of that name, or null.
    public static @Nullable FunctionSignature find(String name) {
        return ALL.get(name);
    }

    /// All functions, sorted by name.
    public static Collection<FunctionSignature> all() {
        return ALL.values();
    }

    private static Map<String, FunctionSignature> build() {
        Map<String, FunctionSignature> all = new TreeMap<>();
        addVectorFunctions(all);
        addMatrixFunctions(all);
        addScalarFunctions(all);
        addLabelFunctions(all);
        addHistogramFunctions(all);
        return Collections.unmodifiableMap(all);
    }

    private static void addVectorFunctions(Map<String, FunctionSignature> all) {
        for (String name :
                List.of(
                        "abs",
                        "absent",
                        "acos",
                        "acosh",
                        "asin",
                        "asinh",
                        "atan",
                        "atanh",
                        "ceil",
                        "cos",
                        "cosh",
                        "deg",
                        "exp",
                        "floor",
                        "ln",
                        "log10",
                        "log2",
                        "rad",
                        "sgn",
                        "sin",
                        "sinh",
                        "sort",
                        "sort_desc",
                        "sqrt",
                        "start_timestamp",
                        "tan",
                        "tanh",
                        "timestamp")) {
            add(all, name, VECTOR, 0, VECTOR);
        }
        for (String name :
                List.of(
                        "day_of_month",
                        "day_of_week",
                        "day_of_year",
                        "days_in_month",
                        "hour",
                        "minute",
                        "month",
                        "year")) {
            add(all, name, VECTOR, 1, VECTOR);
        }
        add(all, "clamp", VECTOR, 0, VECTOR, SCALAR, SCALAR);
        add(all, "clamp_max", VECTOR, 0, VECTOR, SCALAR);
        add(all, "clamp_min", VECTOR, 0, VECTOR, SCALAR);
        add(all, "round", VECTOR, 1, VECTOR, SCALAR);
        add(all, "info", VECTOR, 1, VECTOR, VECTOR);
    }

    private static void addMatrixFunctions(Map<String, FunctionSignature> all) {
        for (String name :
                List.of(
                        "absent_over_time",
                        "avg_over_time",
                        "changes",
                        "count_over_time",
                        "delta",
                        "deriv",
                        "first_over_time",
                        "idelta",
                        "increase",
                        "irate",
                        "last_over_time",
                        "mad_over_time",
                        "max_over_time",
                        "min_over_time",
                        "present_over_time",
                        "rate",
                        "resets",
                        "stddev_over_time",
                        "stdvar_over_time",
                        "sum_over_time",
                        "ts_of_first_over_time",
                        "ts_of_last_over_time",
                        "ts_of_max_over_time",
                        "ts_of_min_over_time")) {
            add(all, name, VECTOR, 0, MATRIX);
        }
        add(all, "double_exponential_smoothing", VECTOR, 0, MATRIX, SCALAR, SCALAR);
        add(all, "predict_linear", VECTOR, 0, MATRIX, SCALAR);
        add(all, "quantile_over_time", VECTOR, 0, SCALAR, MATRIX);
    }

    private static void addScalarFunctions(Map<String, FunctionSignature> all) {
        for (String name : List.of("end", "pi", "range", "start", "step", "time")) {
            add(all, name, SCALAR, 0);
        }
        add(all, "max_of", SCALAR, 0, SCALAR, SCALAR);
        add(all, "min_of", SCALAR, 0, SCALAR, SCALAR);
        add(all, "scalar", SCALAR, 0, VECTOR);
        add(all, "vector", VECTOR, 0, SCALAR);
    }

    private static void addLabelFunctions(Map<String, FunctionSignature> all) {
        add(all, "label_join", VECTOR, -1, VECTOR, STRING, STRING, STRING);
        add(all, "label_replace", VECTOR, 0, VECTOR, STRING, STRING, STRING, STRING);
        add(all, "sort_by_label", VECTOR, -1, VECTOR, STRING);
        add(all, "sort_by_label_desc", VECTOR, -1, VECTOR, STRING);
    }

    private static void addHistogramFunctions(Map<String, FunctionSignature> all) {
        for (String name :
                List.of(
                        "histogram_avg",
                        "histogram_count",
                        "histogram_stddev",
                        "histogram_stdvar",
                        "histogram_sum")) {
            add(all, name, VECTOR, 0, VECTOR);
        }
        add(all, "histogram_fraction", VECTOR, 0, SCALAR, SCALAR, VECTOR);
        add(all, "histogram_quantile", VECTOR, 0, SCALAR, VECTOR);
        add(all, "histogram_quantiles", VECTOR, 9, VECTOR, STRING, SCALAR, SCALAR);
    }

    private static void add(
            Map<String, FunctionSignature> all,
            String name,
            ValueType returns,
            int variadic,
            ValueType... arguments) {
        all.put(
                name,
                new FunctionSignature(
                        name, List.of(arguments), variadic, returns, EXPERIMENTAL.contains(name)));
    }
}

package io.framewatch.query.promql.eval;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All functions over ranges by name.
final class RangeFunctions {

    private static final Set<String> KEEP_NAME = Set.of("last_over_time", "first_over_time");

    private static final Map<String, RangeFunction> ALL =
            Map.ofEntries(
                    Map.entry("rate", RateFunctions::rate),
                    Map.entry("increase", RateFunctions::increase),
                    Map.entry("delta", RateFunctions::delta),
                    Map.entry("irate", LastTwoFunctions::irate),
                    Map.entry("idelta", LastTwoFunctions::idelta),
                    Map.entry("changes", ChangeFunctions::changes),
                    Map.entry("resets", ChangeFunctions::resets),
                    Map.entry("deriv", TrendFunctions::deriv),
                    Map.entry("predict_linear", TrendFunctions::predictLinear),
                    Map.entry("double_exponential_smoothing", TrendFunctions::smoothing),
                    Map.entry("sum_over_time", HistogramOverTime::sum),
                    Map.entry("avg_over_time", HistogramOverTime::mean),
                    Map.entry("count_over_time", Window::size),
                    Map.entry("present_over_time", _ -> 1),
                    Map.entry("last_over_time", OverTimeFunctions::last),
                    Map.entry("first_over_time", OverTimeFunctions::first),
                    Map.entry("min_over_time", OverTimeFunctions::min),
                    Map.entry("max_over_time", OverTimeFunctions::max),
                    Map.entry("stdvar_over_time", OverTimeFunctions::variance),
                    Map.entry("stddev_over_time", OverTimeFunctions::deviation),
                    Map.entry("mad_over_time", OverTimeFunctions::medianDeviation),
                    Map.entry("quantile_over_time", OverTimeFunctions::quantile),
                    Map.entry("ts_of_first_over_time", OverTimeFunctions::timeOfFirst),
                    Map.entry("ts_of_last_over_time", OverTimeFunctions::timeOfLast),
                    Map.entry("ts_of_min_over_time", OverTimeFunctions::timeOfMin),
                    Map.entry("ts_of_max_over_time", OverTimeFunctions::timeOfMax));

    private RangeFunctions() {}

    static @Nullable RangeFunction find(String name) {
        return ALL.get(name);
    }

    /// Whether the answer is a sample of the series itself and so keeps its metric name.
    static boolean keepsName(String name) {
        return KEEP_NAME.contains(name);
    }
}

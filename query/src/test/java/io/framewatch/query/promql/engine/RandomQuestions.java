package io.framewatch.query.promql.engine;

import java.util.List;
import java.util.Random;

/// Random expressions over [RandomMetrics], from a seed: selectors with offsets and fixed times,
/// functions over ranges and subqueries, aggregations, operators with all kinds of matching.
final class RandomQuestions {

    /// An expression, and whether its values are whole numbers that no order of adding can change.
    record Question(String text, boolean exact) {

        /// Whether it picks series by their values: of two that differ in rounding only, either may
        /// be picked.
        boolean picks() {
            return text.startsWith("topk(") || text.startsWith("bottomk(");
        }
    }

    private static final List<String> RATES =
            List.of("rate", "increase", "delta", "irate", "idelta");
    private static final List<String> WHOLE =
            List.of("changes", "resets", "count_over_time", "present_over_time");
    private static final List<String> OVER_TIME =
            List.of(
                    "sum_over_time",
                    "avg_over_time",
                    "min_over_time",
                    "max_over_time",
                    "last_over_time",
                    "first_over_time",
                    "stddev_over_time",
                    "mad_over_time",
                    "ts_of_max_over_time",
                    "ts_of_last_over_time",
                    "absent_over_time",
                    "stdvar_over_time",
                    "deriv");
    private static final List<String> OF_HISTOGRAMS =
            List.of(
                    "histogram_count(",
                    "histogram_sum(",
                    "histogram_avg(",
                    "histogram_stddev(",
                    "histogram_quantile(0.9, ",
                    "histogram_fraction(0, 2, ");
    private static final List<String> OVER_HISTOGRAMS =
            List.of(
                    "rate",
                    "increase",
                    "delta",
                    "irate",
                    "sum_over_time",
                    "avg_over_time",
                    "last_over_time",
                    "count_over_time",
                    "changes",
                    "resets");
    private static final List<String> AGGREGATIONS =
            List.of("sum", "avg", "min", "max", "count", "group", "stddev");
    private static final List<String> GROUPINGS = List.of("", " by (zone)", " without (host)");
    private static final List<String> SELECTIONS =
            List.of("topk(2, ", "bottomk(1, ", "limitk(2, ", "quantile(0.7, ");
    private static final List<String> MATCHINGS =
            List.of(
                    "%s * on (host) group_left () max by (host) (%s)",
                    "%s - on (zone) group_left () min by (zone) (%s)",
                    "max by (host) (%s) / on (host) group_right () %s",
                    "max by (host) (%s) + ignoring (zone) group_right (zone) %s",
                    "sum by (host) (%s) - sum by (host) (%s)",
                    "%s and on (host) %s",
                    "%s unless on (zone) %s",
                    "%s * on (host, zone) group_left () count by (host, zone) (%s)",
                    "sum by (host) (%s) - on (host) fill (1) sum by (host) (%s)",
                    "sum by (zone) (%s) / on (zone) fill_right (2) max by (zone) (%s)",
                    "%s * on (zone) %s",
                    "max by (host) (%s) or max by (host) (%s)");

    /// What sees beyond the ends of its window.
    private static final List<String> EXTENDED =
            List.of(
                    "rate(%s[%s] anchored%s)",
                    "increase(%s[%s] smoothed%s)",
                    "delta(%s[%s] smoothed%s)",
                    "changes(%s[%s] anchored%s)",
                    "resets(%s[%s] anchored%s)");

    /// What stands around an instant selector.
    private static final List<String> OF_INSTANTS =
            List.of(
                    "timestamp(%s)",
                    "start_timestamp(%s)",
                    "absent(%s)",
                    "scalar(%s) + vector(0)",
                    "label_replace(%s, \"side\", \"$1\", \"host\", \"h(.*)\")",
                    "limit_ratio(0.5, %s)",
                    "count_values without (host) (\"value\", %s)",
                    "clamp(%s, 5, 500)",
                    "sort_by_label(%s, \"host\")",
                    "predict_linear(%s[5m:30s], 60)",
                    "double_exponential_smoothing(%s[10m:1m], 0.4, 0.6)");

    private static final List<String> MATCHERS =
            List.of(
                    "",
                    "{zone=\"z0\"}",
                    "{host=~\"h[0-2]\"}",
                    "{host!=\"h1\"}",
                    "{zone!~\"z1|\"}",
                    "{nothing=\"\"}",
                    "{nothing!=\"\"}",
                    "{host=~\"h0|\",zone=~\".*\"}");
    private static final List<String> WINDOWS = List.of("30s", "1m", "5m", "17m", "1h");
    private static final List<String> SUBQUERIES = List.of("[10m:1m]", "[7m:]", "[1h:17m]");
    private static final List<String> TIMES =
            List.of(
                    "",
                    "",
                    "",
                    "",
                    " offset 7m",
                    " offset -90s",
                    " @ " + (RandomMetrics.BASE_MS / 1000 + 3000),
                    " @ start() offset 5m",
                    " @ end()");

    private final Random random;

    RandomQuestions(long seed) {
        this.random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// A question whose leaves may lie anywhere in the samples.
    Question next() {
        Question leaf = leaf();
        return switch (random.nextInt(8)) {
            case 0, 1 -> leaf;
            case 2 -> aggregated(leaf);
            case 3 -> around(one(SELECTIONS), leaf, ")", false);
            case 4 -> subquery(leaf);
            case 5 -> subquery(aggregated(leaf));
            case 6 -> around("", leaf, one(List.of(" > 10", " < bool 3", " % 7", " ^ 2")), false);
            default -> matched(leaf, leaf());
        };
    }

    private Question aggregated(Question leaf) {
        String op = one(AGGREGATIONS);
        boolean exact = leaf.exact() && !op.equals("avg") && !op.equals("stddev");
        return around(op + one(GROUPINGS) + " (", leaf, ")", exact);
    }

    private Question subquery(Question inner) {
        String function = one(List.of("max", "sum", "min", "avg", "last")) + "_over_time";
        boolean exact = inner.exact() && !function.equals("avg_over_time");
        return around(function + "((", inner, ")" + one(SUBQUERIES) + one(TIMES) + ")", exact);
    }

    private static Question around(String before, Question leaf, String after, boolean exact) {
        return new Question(before + leaf.text() + after, exact);
    }

    private Question matched(Question left, Question right) {
        return new Question(one(MATCHINGS).formatted(left.text(), right.text()), false);
    }

    private Question leaf() {
        return switch (random.nextInt(9)) {
            case 0 -> histograms();
            case 1 -> ofHistograms();
            case 2 -> {
                String ranged = RandomMetrics.BUCKETS + "[" + one(WINDOWS) + "]" + one(TIMES);
                yield new Question("histogram_quantile(0.9, rate(" + ranged + "))", false);
            }
            default -> floats();
        };
    }

    /// A leaf of native histograms, which a function may stand around.
    private Question histograms() {
        String name = one(RandomMetrics.HISTOGRAMS);
        if (random.nextInt(4) == 0) {
            return new Question(name + one(TIMES), false);
        }
        String ranged = name + "[" + one(WINDOWS) + "]" + one(TIMES);
        return new Question(one(OVER_HISTOGRAMS) + "(" + ranged + ")", false);
    }

    private Question ofHistograms() {
        return around(one(OF_HISTOGRAMS), histograms(), ")", false);
    }

    private Question floats() {
        String metric =
                random.nextInt(12) == 0
                        ? one(
                                List.of(
                                        "{__name__=~\"requests_.*|queue.*\"}",
                                        "{__name__!~\"s.*|custom|latency.*\"}",
                                        "{__name__!=\"odd\",host=\"h1\"}"))
                        : one(RandomMetrics.FLOATS);
        String selector = (metric + one(MATCHERS)).replace("}{", ",");
        boolean odd = selector.startsWith("odd") || selector.startsWith("{");
        String ranged = selector + "[" + one(WINDOWS) + "]" + one(TIMES);
        return switch (random.nextInt(9)) {
            case 0 -> new Question(selector + one(TIMES), !odd);
            case 6 -> {
                String text = one(EXTENDED).formatted(selector, one(WINDOWS), one(TIMES));
                yield new Question(text, false);
            }
            case 7 -> new Question(selector + " smoothed" + one(TIMES), false);
            case 8 -> {
                String text = one(OF_INSTANTS);
                String times = text.contains("[") ? "" : one(TIMES);
                yield new Question(text.formatted(selector + times), false);
            }
            case 1 -> new Question(one(WHOLE) + "(" + ranged + ")", true);
            case 2 -> new Question(one(OVER_TIME) + "(" + ranged + ")", false);
            case 3 -> new Question("quantile_over_time(0.3, " + ranged + ")", false);
            default -> new Question(one(RATES) + "(" + ranged + ")", false);
        };
    }
}

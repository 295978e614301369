package io.framewatch.rules.test;

import io.framewatch.model.Labels;
import java.util.List;
import java.util.Map;

/// A file of rule tests
/// (<https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/>). Immutable.
///
/// @param ruleFiles rule files or patterns, relative to the file
/// @param evaluationIntervalMs between evaluations, milliseconds
/// @param fuzzy whether numbers may differ in their last bit
/// @param groupOrder names of groups that are evaluated first, in this order
/// @param cases the tests
record RuleTestFile(
        List<String> ruleFiles,
        long evaluationIntervalMs,
        boolean fuzzy,
        List<String> groupOrder,
        List<Case> cases) {

    /// One test.
    ///
    /// @param name its name, or `test N`
    /// @param intervalMs between values of the series, milliseconds
    /// @param startMs time of the first values and evaluation, Unix milliseconds
    /// @param series what is played in
    /// @param alerts what has to fire
    /// @param expressions what has to be answered
    /// @param externalLabels for templates
    /// @param externalUrl for templates
    record Case(
            String name,
            long intervalMs,
            long startMs,
            List<InputSeries> series,
            List<AlertCheck> alerts,
            List<ExpressionCheck> expressions,
            Labels externalLabels,
            String externalUrl) {

        /// The last time anything is looked at, after the start, milliseconds.
        long lastMs() {
            long last = 0;
            for (AlertCheck check : alerts) {
                last = Math.max(last, check.atMs());
            }
            for (ExpressionCheck check : expressions) {
                last = Math.max(last, check.atMs());
            }
            return last;
        }
    }

    /// A series and its values, both in the notation of PromQL tests.
    record InputSeries(String series, String values) {}

    /// What an alert has to look like.
    ///
    /// @param atMs when, after the start, milliseconds
    /// @param name the alert's name
    /// @param expected all alerts of that name that have to fire
    record AlertCheck(long atMs, String name, List<ExpectedAlert> expected) {}

    /// One alert expected.
    record ExpectedAlert(Labels labels, Map<String, String> annotations) {}

    /// What an expression has to answer.
    ///
    /// @param atMs when, after the start, milliseconds
    /// @param expr the expression
    /// @param expected all samples of the answer
    record ExpressionCheck(long atMs, String expr, List<ExpectedSample> expected) {}

    /// One sample expected.
    ///
    /// @param labels in the notation of a series
    /// @param value the number
    /// @param histogram in the notation of PromQL tests, empty for a number
    record ExpectedSample(String labels, double value, String histogram) {}
}

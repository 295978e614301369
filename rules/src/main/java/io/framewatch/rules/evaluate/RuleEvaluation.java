package io.framewatch.rules.evaluate;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.rules.file.Rule;
import io.framewatch.rules.status.RuleStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule with what it remembers from evaluation to evaluation. Used by one thread at a time; its
/// status may be asked for by any.
sealed interface RuleEvaluation permits RecordingEvaluation, AlertingEvaluation {

    /// A sample to write.
    ///
    /// @param labels the series, metric name included
    /// @param value its value
    /// @param histogram its histogram, or null if it is a float
    record Result(Labels labels, double value, @Nullable NativeHistogram histogram) {}

    /// Evaluates the rule.
    ///
    /// @param atMs time of the evaluation, Unix milliseconds
    /// @param queryOffsetMs how much earlier the expression is evaluated, milliseconds
    /// @param limit most series or alerts, 0 for any number
    /// @return what is to be written
    List<Result> evaluate(RuleContext context, long atMs, long queryOffsetMs, int limit);

    /// The rule as it stands in its file.
    Rule rule();

    /// How it fares.
    RuleStatus status(Outcome outcome);

    /// The fault of a rule that gives two series the same labels.
    static FaultException sameLabels(String kind) {
        return new FaultException(
                Fault.operator(
                        "rule_same_labels",
                        "vector contains metrics with the same labelset after applying "
                                + kind
                                + " labels",
                        "Aggregate the expression, or set fewer labels."));
    }

    /// The fault of a rule that gives more than its group allows.
    static FaultException overLimit(int limit, int count, String what) {
        return new FaultException(
                Fault.operator(
                        "rule_limit",
                        "exceeded limit of " + limit + " with " + count + " " + what,
                        "Narrow the expression or raise the group's limit."));
    }
}

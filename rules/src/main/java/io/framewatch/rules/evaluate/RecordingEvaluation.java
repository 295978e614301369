package io.framewatch.rules.evaluate;

import io.framewatch.model.Labels;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.rules.file.Rule;
import io.framewatch.rules.status.RuleStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A recording rule: what its expression returns, under another name.
final class RecordingEvaluation implements RuleEvaluation {

    private final Rule.Recording rule;

    RecordingEvaluation(Rule.Recording rule) {
        this.rule = rule;
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public List<Result> evaluate(RuleContext context, long atMs, long queryOffsetMs, int limit) {
        List<VectorSample> samples =
                context.query().at(context.tenant(), rule.expr(), atMs - queryOffsetMs);
        List<Result> results = new ArrayList<>(samples.size());
        Set<Labels> seen = new HashSet<>();
        for (VectorSample sample : samples) {
            Labels.Builder labels = sample.labels().toBuilder().set(Labels.NAME, rule.name());
            rule.labels().forEach(labels::set);
            Labels series = labels.build();
            if (!seen.add(series)) {
                throw RuleEvaluation.sameLabels("rule");
            }
            results.add(new Result(series, sample.value(), sample.histogram()));
        }
        if (limit > 0 && results.size() > limit) {
            throw RuleEvaluation.overLimit(limit, results.size(), "series");
        }
        return results;
    }

    @Override
    public RuleStatus status(Outcome outcome) {
        return new RuleStatus(
                RuleStatus.Kind.RECORDING,
                rule.name(),
                rule.expr(),
                rule.labels(),
                Map.of(),
                0,
                0,
                outcome.health(),
                outcome.error(),
                outcome.atMs(),
                outcome.tookNs(),
                List.of());
    }
}

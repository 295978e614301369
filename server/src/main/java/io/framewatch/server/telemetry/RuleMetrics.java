package io.framewatch.server.telemetry;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.rules.status.RuleStatus;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// How rules fare, read from their status when somebody asks.
public final class RuleMetrics {

    private RuleMetrics() {}

    /// Adds them to `meters`; `groups` tells how every group fares now.
    public static void addTo(Meters meters, Supplier<List<RuleGroupStatus>> groups) {
        meters.counted(
                "framewatch_rule_evaluations_total",
                "Evaluations of rule groups.",
                () -> groups.get().stream().mapToLong(RuleGroupStatus::evaluations).sum());
        meters.counted(
                "framewatch_rule_evaluations_missed_total",
                "Evaluations left out because the one before took too long.",
                () -> groups.get().stream().mapToLong(RuleGroupStatus::missed).sum());
        perGroup(
                meters,
                groups,
                "framewatch_rule_group_last_duration_seconds",
                "How long the last evaluation of a group took.",
                group -> group.evaluationNs() / 1e9);
        perGroup(
                meters,
                groups,
                "framewatch_rule_group_last_evaluation_timestamp_seconds",
                "When a group was evaluated last, Unix time; 0 before the first time.",
                group -> group.lastEvaluationMs() / 1e3);
        perGroup(
                meters,
                groups,
                "framewatch_rule_group_interval_seconds",
                "Time between two evaluations of a group.",
                group -> group.intervalMs() / 1e3);
        perGroup(
                meters,
                groups,
                "framewatch_rule_group_rules_failing",
                "Rules of a group whose last evaluation failed.",
                group -> count(group, rule -> rule.health() == RuleStatus.Health.BAD));
        meters.read(
                "framewatch_alerts",
                MetricMetadata.Type.GAUGE,
                "Alerts of rules by state.",
                sink -> {
                    List<RuleGroupStatus> now = groups.get();
                    for (Alert.State state : List.of(Alert.State.PENDING, Alert.State.FIRING)) {
                        sink.sample(
                                "framewatch_alerts",
                                Labels.of("state", state.name().toLowerCase(Locale.ROOT)),
                                (double) alerts(now, state));
                    }
                });
    }

    private static long count(RuleGroupStatus group, Predicate<RuleStatus> wanted) {
        return group.rules().stream().filter(wanted).count();
    }

    private static long alerts(List<RuleGroupStatus> groups, Alert.State state) {
        return groups.stream()
                .flatMap(group -> group.rules().stream())
                .flatMap(rule -> rule.alerts().stream())
                .filter(alert -> alert.state() == state)
                .count();
    }

    private static void perGroup(
            Meters meters,
            Supplier<List<RuleGroupStatus>> groups,
            String name,
            String help,
            ToDoubleFunction<RuleGroupStatus> value) {
        meters.read(
                name,
                MetricMetadata.Type.GAUGE,
                help,
                sink -> {
                    for (RuleGroupStatus group : groups.get()) {
                        Labels labels =
                                new Labels.Builder()
                                        .set("file", group.file())
                                        .set("group", group.name())
                                        .set("tenant", group.tenant().toString())
                                        .build();
                        sink.sample(name, labels, value.applyAsDouble(group));
                    }
                });
    }
}

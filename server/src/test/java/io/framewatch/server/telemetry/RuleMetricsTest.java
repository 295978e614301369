package io.framewatch.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Tenant;
import io.framewatch.respond.RespondStats;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.rules.status.RuleStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RuleMetricsTest {

    private static Map<String, Double> read(Meters meters) {
        Map<String, Double> samples = new TreeMap<>();
        meters.collect(
                new Meters.Sink() {
                    @Override
                    public void family(MetricMetadata family) {
                        assertThat(family.help()).endsWith(".");
                    }

                    @Override
                    public void sample(String name, Labels labels, double value) {
                        samples.put(name + labels, value);
                    }
                });
        return samples;
    }

    private static RuleStatus rule(RuleStatus.Health health) {
        return new RuleStatus(
                RuleStatus.Kind.RECORDING,
                "a:b",
                "1",
                Map.of(),
                Map.of(),
                0,
                0,
                health,
                "",
                0,
                0,
                List.of());
    }

    @Test
    void tellsOfEachGroup() {
        RuleGroupStatus group =
                new RuleGroupStatus(
                        Tenant.DEFAULT,
                        "a.yml",
                        "g",
                        15_000,
                        0,
                        0,
                        List.of(rule(RuleStatus.Health.OK), rule(RuleStatus.Health.BAD)),
                        2_500,
                        500_000_000,
                        7,
                        1);
        Meters meters = new Meters();
        RuleMetrics.addTo(meters, () -> List.of(group));
        String labels = "{file=\"a.yml\", group=\"g\", tenant=\"default\"}";
        assertThat(read(meters))
                .containsEntry("framewatch_rule_evaluations_total{}", 7.0)
                .containsEntry("framewatch_rule_evaluations_missed_total{}", 1.0)
                .containsEntry("framewatch_rule_group_last_duration_seconds" + labels, 0.5)
                .containsEntry(
                        "framewatch_rule_group_last_evaluation_timestamp_seconds" + labels, 2.5)
                .containsEntry("framewatch_rule_group_interval_seconds" + labels, 15.0)
                .containsEntry("framewatch_rule_group_rules_failing" + labels, 1.0)
                .containsEntry("framewatch_alerts{state=\"firing\"}", 0.0);
    }

    @Test
    void tellsOfNotifications() {
        Meters meters = new Meters();
        RespondMetrics.addTo(meters, () -> new RespondStats(9, 4, 2, 5, 3, 1));
        assertThat(read(meters))
                .containsEntry("framewatch_alerts_received_total{}", 9.0)
                .containsEntry("framewatch_alerts_open{}", 4.0)
                .containsEntry("framewatch_alert_groups{}", 2.0)
                .containsEntry("framewatch_notifications_sent_total{}", 5.0)
                .containsEntry("framewatch_notifications_failed_total{}", 3.0)
                .containsEntry("framewatch_notifications_waiting{}", 1.0);
    }
}

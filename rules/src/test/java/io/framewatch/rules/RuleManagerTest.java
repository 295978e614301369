package io.framewatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Alert;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.rules.status.RuleStatus;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alerts from pending to resolved, recording, reload and restart, with a clock moved by hand.
final class RuleManagerTest {

    private static final long START_MS = 1_700_000_000_000L;

    private static final String RULES =
            """
            groups:
              - name: pictures
                interval: 10s
                rules:
                  - record: camera:fps
                    expr: fps
                    labels: {team: video}
                  - alert: Frozen
                    expr: frozen
                    for: 20s
                    labels: {severity: critical, where: "{{ $labels.site }}"}
                    annotations:
                      summary: "{{ $labels.camera }} repeats {{ $value | humanize }} frames"
            """;

    private final ManualClock clock = new ManualClock(START_MS);
    private final InMemoryMetricStore store = new InMemoryMetricStore();
    private final Map<String, List<VectorSample>> answers = new LinkedHashMap<>();
    private final List<Alert> told = new ArrayList<>();
    private boolean sinkFails;
    private RuleManager manager;

    @BeforeEach
    void open() {
        manager = newManager();
        manager.apply(List.of(RuleFile.read("rules.yml", RULES)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private RuleManager newManager() {
        return new RuleManager(
                this::answer,
                store,
                store,
                this::receive,
                clock,
                RuleOptions.DEFAULT.withExternal(Labels.of("region", "eu"), "http://fw"),
                Runnable::run);
    }

    private List<VectorSample> answer(Tenant tenant, String expr, long timeMs) {
        if (expr.equals("broken")) {
            throw new FaultException(Fault.caller("promql_eval", "It breaks.", "Mend it."));
        }
        return answers.getOrDefault(expr, List.of());
    }

    private void receive(Tenant tenant, List<Alert> alerts) {
        if (sinkFails) {
            throw new FaultException(Fault.later("respond_journal", "Full.", "Wait."));
        }
        told.addAll(alerts);
    }

    private void set(String expr, double value, String... labels) {
        answers.put(expr, List.of(new VectorSample(Labels.of(labels), clock.nowMs(), value, null)));
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 5; i++) {
            clock.advance(Duration.ofMillis(200));
            manager.tick();
        }
    }

    private List<String> toldStates() {
        return told.stream().map(alert -> alert.state().name()).toList();
    }

    private List<Double> values(String metric) {
        List<Double> values = new ArrayList<>();
        for (SeriesSamples series :
                store.select(
                        Tenant.DEFAULT,
                        List.of(Matcher.equal(Labels.NAME, metric)),
                        TimeRange.ALL,
                        SelectLimits.DEFAULT)) {
            for (int i = 0; i < series.size(); i++) {
                values.add(series.values()[i]);
            }
        }
        return values;
    }

    @Test
    void anAlertIsPendingThenFiringThenResolved() {
        set("frozen", 1500, Labels.NAME, "x", "camera", "cam-1", "site", "north");
        pass(10);
        assertThat(manager.alerts(Tenant.DEFAULT))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.state()).isEqualTo(Alert.State.PENDING);
                    assertThat(alert.labels())
                            .isEqualTo(
                                    Labels.of(
                                            "alertname", "Frozen",
                                            "camera", "cam-1",
                                            "site", "north",
                                            "severity", "critical",
                                            "where", "north"));
                    assertThat(alert.annotations().get("summary"))
                            .isEqualTo("cam-1 repeats 1.5k frames");
                    assertThat(alert.generatorUrl())
                            .isEqualTo("http://fw/graph?g0.expr=frozen&g0.tab=1");
                });
        assertThat(told).isEmpty();
        pass(20);
        assertThat(toldStates()).containsExactly("FIRING");
        answers.remove("frozen");
        pass(10);
        assertThat(toldStates()).containsExactly("FIRING", "RESOLVED");
        assertThat(manager.alerts(Tenant.DEFAULT).getFirst().resolvedAtMs()).isPositive();
        pass(16 * 60);
        assertThat(manager.alerts(Tenant.DEFAULT)).isEmpty();
    }

    @Test
    void aPendingAlertThatPassesIsNotTold() {
        set("frozen", 1, "camera", "a");
        pass(15);
        answers.remove("frozen");
        pass(30);
        assertThat(told).isEmpty();
        assertThat(manager.alerts(Tenant.DEFAULT)).isEmpty();
    }

    @Test
    void standingAlertsAreToldAgainEveryMinuteAndAfterASinkThatFailed() {
        set("frozen", 1, "camera", "a");
        sinkFails = true;
        pass(40);
        assertThat(told).isEmpty();
        assertThat(manager.notSent()).isPositive();
        sinkFails = false;
        pass(1);
        assertThat(toldStates()).containsExactly("FIRING");
        pass(59);
        assertThat(told).hasSize(1);
        pass(5);
        assertThat(told).hasSize(2);
    }

    @Test
    void alertsAndRecordedSeriesAreWrittenAndEndWithAMarker() {
        set("fps", 25, Labels.NAME, "fps", "camera", "a");
        set("frozen", 1, "camera", "a");
        pass(30);
        assertThat(values("camera:fps")).containsExactly(25.0, 25.0, 25.0);
        assertThat(values("ALERTS_FOR_STATE")).hasSize(3);
        answers.clear();
        pass(20);
        assertThat(values("camera:fps"))
                .hasSize(4)
                .last()
                .satisfies(v -> assertThat(StaleNaN.is(v)).isTrue());
        List<Double> alerts = values("ALERTS");
        assertThat(alerts.stream().filter(StaleNaN::is)).hasSize(2);
        SeriesSamples recorded =
                store.select(
                                Tenant.DEFAULT,
                                List.of(Matcher.equal(Labels.NAME, "camera:fps")),
                                TimeRange.ALL,
                                SelectLimits.DEFAULT)
                        .getFirst();
        assertThat(recorded.labels())
                .isEqualTo(Labels.of(Labels.NAME, "camera:fps", "camera", "a", "team", "video"));
    }

    @Test
    void aFailingRuleSaysSoAndItsAlertsStay() {
        manager.apply(
                List.of(
                        RuleFile.read(
                                "b.yml",
                                "groups: [{name: g, interval: 10s, rules: [{alert: A, expr: broken}]}]")));
        pass(10);
        RuleGroupStatus group = manager.groups().getFirst();
        RuleStatus rule = group.rules().getFirst();
        assertThat(rule.health()).isEqualTo(RuleStatus.Health.BAD);
        assertThat(rule.lastError()).isEqualTo("It breaks.");
        assertThat(group.lastEvaluationMs()).isPositive();
        assertThat(group.evaluations()).isEqualTo(1);
    }

    @Test
    void aReloadKeepsAlertsAndResolvesThoseOfRulesThatAreGone() {
        set("frozen", 1, "camera", "a");
        pass(40);
        assertThat(toldStates()).containsExactly("FIRING");
        manager.apply(List.of(RuleFile.read("rules.yml", RULES.replace("for: 20s", "for: 21s"))));
        pass(10);
        assertThat(manager.alerts(Tenant.DEFAULT))
                .singleElement()
                .satisfies(a -> assertThat(a.state()).isEqualTo(Alert.State.FIRING));
        manager.apply(List.of());
        assertThat(toldStates()).last().isEqualTo("RESOLVED");
        assertThat(manager.groups()).isEmpty();
        assertThat(values("ALERTS_FOR_STATE"))
                .last()
                .satisfies(v -> assertThat(StaleNaN.is(v)).isTrue());
    }

    @Test
    void aRestartTakesUpWhereItEnded() {
        set("frozen", 1, "camera", "a");
        pass(40);
        long firstMs = manager.alerts(Tenant.DEFAULT).getFirst().activeAtMs();
        manager.close();
        clock.advance(Duration.ofMinutes(3));
        told.clear();
        manager = newManager();
        manager.apply(List.of(RuleFile.read("rules.yml", RULES)));
        pass(10);
        assertThat(toldStates()).containsExactly("FIRING");
        assertThat(told.getFirst().activeAtMs()).isEqualTo(firstMs / 1000 * 1000);
    }

    @Test
    void missedEvaluationsAreCounted() {
        pass(10);
        clock.advance(Duration.ofSeconds(60));
        manager.tick();
        assertThat(manager.groups().getFirst().missed()).isBetween(4L, 5L);
        assertThat(manager.groups().getFirst().evaluations()).isEqualTo(2);
    }

    @Test
    void moreAlertsThanTheLimitAreAFault() {
        manager.apply(
                List.of(
                        RuleFile.read(
                                "b.yml",
                                "groups: [{name: g, interval: 10s, limit: 1, rules: [{alert: A, expr: two}]}]")));
        answers.put(
                "two",
                List.of(
                        new VectorSample(Labels.of("c", "a"), 0, 1, null),
                        new VectorSample(Labels.of("c", "b"), 0, 1, null)));
        pass(10);
        assertThat(manager.groups().getFirst().rules().getFirst().lastError())
                .isEqualTo("exceeded limit of 1 with 2 alerts");
        assertThat(manager.alerts(Tenant.DEFAULT)).isEmpty();
    }

    @Test
    void anAlertIsKeptFiringAsLongAsAsked() {
        manager.apply(
                List.of(
                        RuleFile.read(
                                "b.yml",
                                "groups: [{name: g, interval: 10s, rules: [{alert: A, expr: x,"
                                        + " keep_firing_for: 30s}]}]")));
        set("x", 1, "c", "a");
        pass(10);
        assertThat(toldStates()).containsExactly("FIRING");
        answers.clear();
        pass(30);
        assertThat(manager.alerts(Tenant.DEFAULT).getFirst().state()).isEqualTo(Alert.State.FIRING);
        pass(10);
        assertThat(toldStates()).last().isEqualTo("RESOLVED");
    }
}

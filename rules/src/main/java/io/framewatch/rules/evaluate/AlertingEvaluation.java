package io.framewatch.rules.evaluate;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.rules.file.Rule;
import io.framewatch.rules.status.RuleStatus;
import io.framewatch.template.PrometheusFunctions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// An alerting rule. Each series that its expression returns is an alert: pending at first, firing
/// once it has held for as long as the rule asks, resolved when it holds no more (and for a while
/// after, if the rule keeps it firing). As in Prometheus's `rules/alerting.go`.
final class AlertingEvaluation implements RuleEvaluation {

    /// How long resolved alerts are remembered and told again, milliseconds.
    static final long RESOLVED_KEPT_MS = 15L * 60_000;

    private final Rule.Alerting rule;
    private final AlertTexts texts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Labels, ActiveAlert> active = new LinkedHashMap<>();
    private final String generatorPath;
    private volatile String externalUrl = "";

    AlertingEvaluation(Rule.Alerting rule) {
        this.rule = rule;
        this.texts = new AlertTexts(rule);
        this.generatorPath = PrometheusFunctions.link(rule.expr(), 1);
    }

    @Override
    public Rule rule() {
        return rule;
    }

    /// Takes over the alerts of the rule's former self, after a reload.
    void takeOver(AlertingEvaluation before) {
        before.lock.lock();
        try {
            active.putAll(before.active);
            externalUrl = before.externalUrl;
        } finally {
            before.lock.unlock();
        }
    }

    @Override
    public List<Result> evaluate(RuleContext context, long atMs, long queryOffsetMs, int limit) {
        externalUrl = context.externalUrl();
        Map<Labels, ActiveAlert> seen = query(context, atMs, queryOffsetMs);
        lock.lock();
        try {
            merge(seen);
            int open = advance(seen, atMs);
            if (limit > 0 && open > limit) {
                active.clear();
                throw RuleEvaluation.overLimit(limit, open, "alerts");
            }
            return samples();
        } finally {
            lock.unlock();
        }
    }

    private Map<Labels, ActiveAlert> query(RuleContext context, long atMs, long queryOffsetMs) {
        long timeMs = atMs - queryOffsetMs;
        Map<Labels, ActiveAlert> seen = new LinkedHashMap<>();
        for (VectorSample sample : context.query().at(context.tenant(), rule.expr(), timeMs)) {
            AlertTexts.Expanded text = texts.expand(context, sample, timeMs);
            ActiveAlert alert =
                    new ActiveAlert(text.labels(), text.annotations(), sample.value(), atMs);
            if (seen.put(alert.labels, alert) != null) {
                throw RuleEvaluation.sameLabels("alert");
            }
        }
        return seen;
    }

    private void merge(Map<Labels, ActiveAlert> seen) {
        seen.forEach((labels, now) -> {
            ActiveAlert before = active.get(labels);
            if (before == null || before.state == Alert.State.RESOLVED) {
                active.put(labels, now);
            } else {
                before.value = now.value;
                before.annotations = now.annotations;
            }
        });
    }

    /// Moves every alert on; returns how many are pending or firing.
    private int advance(Map<Labels, ActiveAlert> seen, long atMs) {
        int open = 0;
        Iterator<ActiveAlert> alerts = active.values().iterator();
        while (alerts.hasNext()) {
            ActiveAlert alert = alerts.next();
            if (seen.containsKey(alert.labels)) {
                alert.keptSinceMs = 0;
            } else if (!keepsFiring(alert, atMs)) {
                if (isForgotten(alert, atMs)) {
                    alerts.remove();
                } else if (alert.state == Alert.State.FIRING) {
                    alert.state = Alert.State.RESOLVED;
                    alert.resolvedAtMs = atMs;
                }
                continue;
            }
            open++;
            if (alert.state == Alert.State.PENDING && atMs - alert.activeAtMs >= rule.forMs()) {
                alert.state = Alert.State.FIRING;
                alert.firedAtMs = atMs;
            }
        }
        return open;
    }

    private boolean keepsFiring(ActiveAlert alert, long atMs) {
        if (alert.state != Alert.State.FIRING || rule.keepFiringForMs() == 0) {
            return false;
        }
        if (alert.keptSinceMs == 0) {
            alert.keptSinceMs = atMs;
        }
        return atMs - alert.keptSinceMs < rule.keepFiringForMs();
    }

    private static boolean isForgotten(ActiveAlert alert, long atMs) {
        return alert.state == Alert.State.PENDING
                || alert.state == Alert.State.RESOLVED
                        && atMs - alert.resolvedAtMs > RESOLVED_KEPT_MS;
    }

    /// `ALERTS` and `ALERTS_FOR_STATE` of what is pending or fires.
    private List<Result> samples() {
        List<Result> samples = new ArrayList<>();
        for (ActiveAlert alert : active.values()) {
            if (alert.state == Alert.State.RESOLVED) {
                continue;
            }
            String state = alert.state == Alert.State.FIRING ? "firing" : "pending";
            Labels alerts =
                    alert.labels.toBuilder()
                            .set(Labels.NAME, "ALERTS")
                            .set("alertstate", state)
                            .build();
            samples.add(new Result(alerts, 1, null));
            Labels forState = alert.labels.with(Labels.NAME, AlertMemory.METRIC);
            long activeAtSeconds = Math.floorDiv(alert.activeAtMs, 1000L);
            samples.add(new Result(forState, (double) activeAtSeconds, null));
        }
        return samples;
    }

    /// Looks up the past of alerts that appeared since the start, in `ALERTS_FOR_STATE`.
    void restore(RuleContext context, long atMs) {
        lock.lock();
        try {
            List<ActiveAlert> fresh =
                    active.values().stream()
                            .filter(a -> !a.restored && a.state != Alert.State.RESOLVED)
                            .toList();
            if (!fresh.isEmpty()) {
                AlertMemory.restore(context, rule, fresh, atMs);
            }
        } finally {
            lock.unlock();
        }
    }

    /// What is written for the alerts as they stand.
    List<Result> current() {
        lock.lock();
        try {
            return samples();
        } finally {
            lock.unlock();
        }
    }

    /// The alerts the sink should hear of now; they count as told.
    List<Alert> takeDue(long atMs, long resendMs) {
        List<Alert> due = new ArrayList<>();
        lock.lock();
        try {
            for (ActiveAlert alert : active.values()) {
                if (alert.isDue(atMs, resendMs)) {
                    alert.sentAtMs = atMs;
                    due.add(alert.snapshot(externalUrl + generatorPath));
                }
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    /// The sink did not take them: they are due again.
    void untake(List<Alert> alerts) {
        lock.lock();
        try {
            for (Alert alert : alerts) {
                ActiveAlert known = active.get(alert.labels());
                if (known != null) {
                    known.sentAtMs = 0;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Resolves whatever fires, because the rule is gone; the sink should hear of it.
    List<Alert> resolveAll(long atMs) {
        List<Alert> resolved = new ArrayList<>();
        lock.lock();
        try {
            for (ActiveAlert alert : active.values()) {
                if (alert.state == Alert.State.FIRING) {
                    alert.state = Alert.State.RESOLVED;
                    alert.resolvedAtMs = atMs;
                    resolved.add(alert.snapshot(externalUrl + generatorPath));
                }
            }
            active.clear();
        } finally {
            lock.unlock();
        }
        return resolved;
    }

    List<Alert> alerts() {
        lock.lock();
        try {
            return active.values().stream()
                    .map(alert -> alert.snapshot(externalUrl + generatorPath))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public RuleStatus status(Outcome outcome) {
        return new RuleStatus(
                RuleStatus.Kind.ALERTING,
                rule.name(),
                rule.expr(),
                rule.labels(),
                rule.annotations(),
                rule.forMs(),
                rule.keepFiringForMs(),
                outcome.health(),
                outcome.error(),
                outcome.atMs(),
                outcome.tookNs(),
                alerts());
    }
}

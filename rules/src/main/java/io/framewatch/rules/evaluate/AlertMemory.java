package io.framewatch.rules.evaluate;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.TimeRange;
import io.framewatch.rules.file.Rule;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What alerts were before a restart, read from the series `ALERTS_FOR_STATE`, whose value is the
/// Unix time in seconds at which an alert became active.
///
/// Like Prometheus (`rules/manager.go`, `RestoreForState`), with one difference: an alert that
/// fired before the stop and holds still fires again at once, however short its `for`, so that a
/// restart never makes a standing alert look new.
final class AlertMemory {

    /// The series that holds the memory.
    static final String METRIC = "ALERTS_FOR_STATE";

    /// Longest stop after which state is taken up again, milliseconds.
    static final long OUTAGE_MAX_MS = 3_600_000;

    /// Shortest time an alert with a long `for` stays pending after a start, milliseconds.
    static final long GRACE_MS = 600_000;

    private record Last(long seenMs, long activeAtMs) {}

    private AlertMemory() {}

    static void restore(
            RuleContext context, Rule.Alerting rule, List<ActiveAlert> alerts, long atMs) {
        Map<Labels, Last> memory = read(context, rule, atMs);
        for (ActiveAlert alert : alerts) {
            alert.restored = true;
            Last last = memory.get(alert.labels);
            if (last != null) {
                apply(alert, last, rule.forMs(), atMs);
            }
        }
    }

    private static Map<Labels, Last> read(RuleContext context, Rule.Alerting rule, long atMs) {
        List<Matcher> matchers =
                List.of(
                        Matcher.equal(Labels.NAME, METRIC),
                        Matcher.equal("alertname", rule.name()));
        Map<Labels, Last> memory = new HashMap<>();
        for (SeriesSamples series :
                context.select()
                        .select(
                                context.tenant(),
                                matchers,
                                new TimeRange(atMs - OUTAGE_MAX_MS, atMs - 1),
                                SelectLimits.DEFAULT)) {
            int last = series.size() - 1;
            if (last >= 0 && !StaleNaN.is(series.values()[last])) {
                long activeAtMs = Math.round(series.values()[last] * 1000);
                memory.put(
                        series.labels().withoutName(),
                        new Last(series.timestampsMs()[last], activeAtMs));
            }
        }
        return memory;
    }

    private static void apply(ActiveAlert alert, Last last, long forMs, long atMs) {
        long pendingMs = last.seenMs() - last.activeAtMs();
        long leftMs = forMs - pendingMs;
        if (leftMs <= 0) {
            alert.activeAtMs = last.activeAtMs();
            alert.state = Alert.State.FIRING;
            alert.firedAtMs = last.activeAtMs() + forMs;
        } else if (forMs < GRACE_MS || leftMs >= GRACE_MS) {
            alert.activeAtMs = last.activeAtMs() + (atMs - last.seenMs());
        } else {
            alert.activeAtMs = atMs + GRACE_MS - forMs;
        }
    }
}

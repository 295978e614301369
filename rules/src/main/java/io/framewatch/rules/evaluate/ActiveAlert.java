package io.framewatch.rules.evaluate;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;

/// One alert of a rule, as it changes over time. Guarded by its rule.
final class ActiveAlert {

    final Labels labels;
    Labels annotations;
    double value;
    Alert.State state = Alert.State.PENDING;
    long activeAtMs;
    long firedAtMs;
    long resolvedAtMs;

    /// When the expression ceased to hold while the alert is kept firing, 0 while it holds.
    long keptSinceMs;

    /// When it was last given to the sink, 0 if never.
    long sentAtMs;

    /// Whether its past was looked up since the start.
    boolean restored;

    ActiveAlert(Labels labels, Labels annotations, double value, long activeAtMs) {
        this.labels = labels;
        this.annotations = annotations;
        this.value = value;
        this.activeAtMs = activeAtMs;
    }

    /// Whether the sink should hear of it now.
    boolean isDue(long atMs, long resendMs) {
        return switch (state) {
            case PENDING -> false;
            case FIRING -> sentAtMs == 0 || sentAtMs < firedAtMs || sentAtMs + resendMs <= atMs;
            case RESOLVED -> sentAtMs < resolvedAtMs || sentAtMs + resendMs <= atMs;
        };
    }

    Alert snapshot(String generatorUrl) {
        return new Alert(
                labels,
                annotations,
                state,
                activeAtMs,
                firedAtMs,
                resolvedAtMs,
                value,
                generatorUrl);
    }
}

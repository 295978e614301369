package io.framewatch.model;

/// One alert as a rule sees it: a label set that the rule's expression returned.
///
/// @param labels identity, with `alertname`; the rule's labels merged over the series' labels
/// @param annotations expanded texts such as `summary`, `description` and `cause`
/// @param state where it stands
/// @param activeAtMs when the expression first returned it, Unix milliseconds
/// @param firedAtMs when it began to fire, 0 while pending
/// @param resolvedAtMs when it was resolved, 0 until then
/// @param value the expression's latest value
/// @param generatorUrl where its expression can be looked at, may be empty
public record Alert(
        Labels labels,
        Labels annotations,
        State state,
        long activeAtMs,
        long firedAtMs,
        long resolvedAtMs,
        double value,
        String generatorUrl) {

    /// Where an alert stands.
    public enum State {
        /// True, but not yet for as long as the rule asks.
        PENDING,
        /// True for long enough.
        FIRING,
        /// No longer true.
        RESOLVED
    }

    /// The alert's name.
    public String name() {
        return labels.get("alertname");
    }
}

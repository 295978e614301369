package io.framewatch.rules.status;

import io.framewatch.model.Alert;
import java.util.List;
import java.util.Map;

/// A rule and how it fares. Immutable.
///
/// @param kind what it does
/// @param name the series it records or the alert it raises
/// @param expr its PromQL
/// @param labels labels it sets, as written
/// @param annotations texts of its alerts, as written; empty of a recording rule
/// @param forMs how long its expression has to hold, milliseconds
/// @param keepFiringForMs how long its alerts go on afterwards, milliseconds
/// @param health how the last evaluation went
/// @param lastError what went wrong in the last evaluation, empty if nothing
/// @param lastEvaluationMs when that was, Unix milliseconds; 0 before the first
/// @param evaluationNs how long it took, nanoseconds
/// @param alerts its pending, firing and lately resolved alerts; empty of a recording rule
public record RuleStatus(
        Kind kind,
        String name,
        String expr,
        Map<String, String> labels,
        Map<String, String> annotations,
        long forMs,
        long keepFiringForMs,
        Health health,
        String lastError,
        long lastEvaluationMs,
        long evaluationNs,
        List<Alert> alerts) {

    /// What a rule does; the words are those of the Prometheus API.
    public enum Kind {
        RECORDING("recording"),
        ALERTING("alerting");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// The word of the API.
        public String word() {
            return word;
        }
    }

    /// How the last evaluation went; the words are those of the Prometheus API.
    public enum Health {
        UNKNOWN("unknown"),
        OK("ok"),
        BAD("err");

        private final String word;

        Health(String word) {
            this.word = word;
        }

        /// The word of the API.
        public String word() {
            return word;
        }
    }

    /// `firing`, `pending` or `inactive`: the worst of its alerts, as the Prometheus API has it.
    public String state() {
        String state = "inactive";
        for (Alert alert : alerts) {
            if (alert.state() == Alert.State.FIRING) {
                return "firing";
            }
            if (alert.state() == Alert.State.PENDING) {
                state = "pending";
            }
        }
        return state;
    }
}

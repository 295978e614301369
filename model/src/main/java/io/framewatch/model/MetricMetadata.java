package io.framewatch.model;

/// What an exposition says about a metric family.
///
/// @param family name of the family, without `_total`, `_bucket` and their like
/// @param type kind of metric
/// @param help free text, may be empty
/// @param unit unit word, may be empty
public record MetricMetadata(String family, Type type, String help, String unit) {

    /// Kinds of metric, in the words of OpenMetrics and Prometheus.
    public enum Type {
        COUNTER("counter"),
        GAUGE("gauge"),
        HISTOGRAM("histogram"),
        GAUGE_HISTOGRAM("gaugehistogram"),
        SUMMARY("summary"),
        INFO("info"),
        STATE_SET("stateset"),
        UNKNOWN("unknown");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /// The word as it stands in expositions and API answers.
        public String word() {
            return word;
        }
    }
}

package io.framewatch.ingest.config;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exposition format that can be asked for.
public enum ScrapeProtocol {
    PROMETHEUS_PROTO(
            "PrometheusProto",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited"),
    OPENMETRICS_1_0_0("OpenMetricsText1.0.0", "application/openmetrics-text;version=1.0.0"),
    OPENMETRICS_0_0_1("OpenMetricsText0.0.1", "application/openmetrics-text;version=0.0.1"),
    PROMETHEUS_TEXT_1_0_0("PrometheusText1.0.0", "text/plain;version=1.0.0"),
    PROMETHEUS_TEXT_0_0_4("PrometheusText0.0.4", "text/plain;version=0.0.4");

    /// What is asked for unless configured, best first.
    public static final List<ScrapeProtocol> DEFAULT =
            List.of(
                    OPENMETRICS_1_0_0,
                    OPENMETRICS_0_0_1,
                    PROMETHEUS_TEXT_1_0_0,
                    PROMETHEUS_TEXT_0_0_4);

    /// What is asked for when native histograms are wanted, best first.
    public static final List<ScrapeProtocol> WITH_HISTOGRAMS =
            List.of(
                    PROMETHEUS_PROTO,
                    OPENMETRICS_1_0_0,
                    OPENMETRICS_0_0_1,
                    PROMETHEUS_TEXT_1_0_0,
                    PROMETHEUS_TEXT_0_0_4);

    private final String word;
    private final String mediaType;

    ScrapeProtocol(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /// The word in configuration files.
    public String word() {
        return word;
    }

    /// The media type in `Accept`, without quality.
    public String mediaType() {
        return mediaType;
    }

    /// The protocol of a configuration word, or null.
    public static @Nullable ScrapeProtocol ofWord(String word) {
        return Arrays.stream(values()).filter(p -> p.word.equals(word)).findFirst().orElse(null);
    }
}

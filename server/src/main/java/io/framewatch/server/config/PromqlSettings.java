package io.framewatch.server.config;

/// How PromQL is evaluated.
///
/// @param startTimestamps whether `rate`, `irate`, `increase` and `resets` take into account when a
///   counter began to count
public record PromqlSettings(boolean startTimestamps) {

    /// As Prometheus does where nothing experimental is asked for.
    public static final PromqlSettings DEFAULT = new PromqlSettings(false);
}

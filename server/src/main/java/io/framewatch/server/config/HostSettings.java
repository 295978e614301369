package io.framewatch.server.config;

/// Measuring this machine.
///
/// @param enabled whether to measure it
/// @param intervalMs time between measurements, milliseconds
public record HostSettings(boolean enabled, long intervalMs) {

    /// On, every 15 s.
    public static final HostSettings DEFAULT = new HostSettings(true, 15_000);
}

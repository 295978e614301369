package io.framewatch.server.config;

/// How one evaluation serves many viewers of the same panel.
///
/// @param keepMs longest time the result of an aligned window is kept, milliseconds; 0 keeps none
/// @param bytesMax what kept results may take together, bytes
public record SharingSettings(long keepMs, long bytesMax) {

    /// Five seconds, the shortest usual refresh, in 64 MiB.
    public static final SharingSettings DEFAULT = new SharingSettings(5_000, 64L << 20);
}

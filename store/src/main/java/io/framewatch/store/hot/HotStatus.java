package io.framewatch.store.hot;

/// How the hot window is.
///
/// @param bytes what samples, series and index take in memory
/// @param bytesMax what they may take
/// @param reservedBytes memory taken from the system for samples; it is kept for reuse
/// @param series active series of all tenants
/// @param hotStartMs the latest `hotStart` of any tenant, Unix milliseconds
/// @param evictions how often the window was shortened because its memory was spent
public record HotStatus(
        long bytes,
        long bytesMax,
        long reservedBytes,
        long series,
        long hotStartMs,
        long evictions) {}

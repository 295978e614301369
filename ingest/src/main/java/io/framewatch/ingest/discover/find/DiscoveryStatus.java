package io.framewatch.ingest.discover.find;

/// How one discovery is doing.
///
/// @param mechanism kind, such as `http` or `kubernetes`
/// @param source what it asks, without credentials
/// @param refreshes tries to find out
/// @param failures tries that failed
/// @param lastSuccessMs when the latest success was, Unix milliseconds, 0 before the first
/// @param targets addresses found
public record DiscoveryStatus(
        String mechanism,
        String source,
        long refreshes,
        long failures,
        long lastSuccessMs,
        int targets) {}

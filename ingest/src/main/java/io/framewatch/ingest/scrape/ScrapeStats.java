package io.framewatch.ingest.scrape;

/// Counts since start, for this server's own metrics.
///
/// @param scrapes scrapes made
/// @param failed scrapes that failed
/// @param stored samples kept by the store
/// @param duplicates samples that stood there already
/// @param conflicts samples refused because another value stood at their timestamp
/// @param tooFarOff samples refused because their timestamp is too far off
/// @param bytes bytes of answers, decompressed
public record ScrapeStats(
        long scrapes,
        long failed,
        long stored,
        long duplicates,
        long conflicts,
        long tooFarOff,
        long bytes) {}

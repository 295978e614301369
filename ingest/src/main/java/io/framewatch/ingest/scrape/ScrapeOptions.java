package io.framewatch.ingest.scrape;

import io.framewatch.model.Tenant;

/// How scraping as a whole behaves.
///
/// @param tenant whose samples these are
/// @param concurrentScrapesMax most scrapes at a time; further ones wait their turn
/// @param bodyBytesMax largest answer of jobs that set no `body_size_limit`, bytes, decompressed
/// @param discoveryCheckIntervalMs how often jobs look at what discovery found, milliseconds
public record ScrapeOptions(
        Tenant tenant, int concurrentScrapesMax, long bodyBytesMax, long discoveryCheckIntervalMs) {

    /// What a server uses unless configured.
    public static final ScrapeOptions DEFAULT =
            new ScrapeOptions(Tenant.DEFAULT, 256, 128L * 1024 * 1024, 2_000);

    /// Checks the bounds.
    public ScrapeOptions {
        if (concurrentScrapesMax < 1 || bodyBytesMax < 1 || discoveryCheckIntervalMs < 1) {
            throw new IllegalArgumentException("limits start at 1");
        }
    }
}

package io.framewatch.ingest.scrape;

import io.framewatch.model.Labels;

/// How one target is doing, for the API and the targets page.
///
/// @param scrapePool the job it belongs to
/// @param scrapeUrl address fetched, credentials removed
/// @param discoveredLabels labels before relabelling, `__meta_` ones included
/// @param labels labels that its samples get
/// @param health whether the latest scrape worked
/// @param lastError why it did not, empty if it did
/// @param lastScrapeMs when it began, Unix milliseconds, 0 before the first
/// @param lastScrapeDurationSeconds how long it took, seconds
/// @param lastSamples samples the latest scrape brought, after relabelling; 0 if it failed
/// @param scrapeIntervalMs time between scrapes, milliseconds
/// @param scrapeTimeoutMs longest scrape, milliseconds
public record TargetStatus(
        String scrapePool,
        String scrapeUrl,
        Labels discoveredLabels,
        Labels labels,
        Health health,
        String lastError,
        long lastScrapeMs,
        double lastScrapeDurationSeconds,
        int lastSamples,
        long scrapeIntervalMs,
        long scrapeTimeoutMs) {

    /// Whether a target answers.
    public enum Health {
        /// Not scraped yet.
        UNKNOWN("unknown"),
        /// The latest scrape worked.
        UP("up"),
        /// The latest scrape failed.
        DOWN("down");

        private final String word;

        Health(String word) {
            this.word = word;
        }

        /// The word in API answers.
        public String word() {
            return word;
        }
    }
}

package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.HistogramOptions;
import io.framewatch.model.Labels;
import java.net.URI;

/// Something to scrape. Two targets are the same if address and labels are.
///
/// @param uri what is fetched
/// @param labels labels of its samples
/// @param discovered labels before relabelling
/// @param intervalMs time between scrapes, milliseconds
/// @param timeoutMs longest scrape, milliseconds
/// @param histograms what is taken of histograms
public record Target(
        URI uri,
        Labels labels,
        Labels discovered,
        long intervalMs,
        long timeoutMs,
        HistogramOptions histograms) {

    /// What makes it the same target after a reload.
    public record Identity(URI uri, Labels labels) {}

    /// What makes it the same target after a reload.
    public Identity identity() {
        return new Identity(uri, labels);
    }
}

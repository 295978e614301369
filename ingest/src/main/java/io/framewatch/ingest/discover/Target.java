package io.framewatch.ingest.discover;

import io.framewatch.model.Labels;
import java.net.URI;

/// Something to scrape. Two targets are the same if address and labels are.
///
/// @param uri what is fetched
/// @param labels labels of its samples
/// @param discovered labels before relabelling
/// @param intervalMs time between scrapes, milliseconds
/// @param timeoutMs longest scrape, milliseconds
public record Target(URI uri, Labels labels, Labels discovered, long intervalMs, long timeoutMs) {

    /// What makes it the same target after a reload.
    public record Identity(URI uri, Labels labels) {}

    /// What makes it the same target after a reload.
    public Identity identity() {
        return new Identity(uri, labels);
    }
}

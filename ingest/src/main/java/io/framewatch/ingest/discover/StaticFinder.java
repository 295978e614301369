package io.framewatch.ingest.discover;

import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.discover.find.Finder;
import io.framewatch.ingest.discover.find.Finding;

/// Targets that never change: those written in the configuration, or none for kinds of discovery
/// that this version does not carry out.
record StaticFinder(Finding finding) implements Finder {

    @Override
    public DiscoveryStatus status() {
        return new DiscoveryStatus("static", "", 0, 0, 0, finding.targets());
    }

    @Override
    public void close() {}
}

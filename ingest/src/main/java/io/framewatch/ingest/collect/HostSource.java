package io.framewatch.ingest.collect;

import java.io.IOException;

/// One part of the host's numbers.
interface HostSource {

    /// Its name in `node_scrape_collector_success`, node_exporter's word.
    String name();

    /// Reads it now. An `IOException` means this host does not have it, or denies it.
    void read(HostReading into) throws IOException;
}

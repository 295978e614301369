package io.framewatch.ingest.discover.find;

/// One discovery at work: it keeps itself up to date until it is closed. Thread safe.
public interface Finder extends AutoCloseable {

    /// What is known now; the same lists as before where nothing changed.
    Finding finding();

    /// How it is doing.
    DiscoveryStatus status();

    /// Stops looking.
    @Override
    void close();
}

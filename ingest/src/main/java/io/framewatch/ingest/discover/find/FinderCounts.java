package io.framewatch.ingest.discover.find;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counts the tries of one discovery. Thread safe.
public final class FinderCounts {

    private final String mechanism;
    private final String source;
    private final LongAdder refreshes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong lastSuccessMs = new AtomicLong();

    /// Counts of a discovery of this kind that asks `source`, which holds no credentials.
    public FinderCounts(String mechanism, String source) {
        this.mechanism = mechanism;
        this.source = source;
    }

    /// A try worked.
    public void succeeded(long nowMs) {
        refreshes.increment();
        lastSuccessMs.set(nowMs);
    }

    /// A try failed.
    public void failed() {
        refreshes.increment();
        failures.increment();
    }

    /// What is asked.
    public String source() {
        return source;
    }

    /// The counts, with the addresses found.
    public DiscoveryStatus status(int targets) {
        return new DiscoveryStatus(
                mechanism, source, refreshes.sum(), failures.sum(), lastSuccessMs.get(), targets);
    }
}

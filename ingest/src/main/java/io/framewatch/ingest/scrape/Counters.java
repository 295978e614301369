package io.framewatch.ingest.scrape;

import io.framewatch.store.AppendResult;
import java.util.concurrent.atomic.LongAdder;

/// Counts what all scrapers do. Thread safe.
final class Counters {

    private final LongAdder scrapes = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder tooFarOff = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    void scraped(boolean worked, long bodyBytes) {
        scrapes.increment();
        bytes.add(bodyBytes);
        if (!worked) {
            failed.increment();
        }
    }

    void appended(AppendResult result) {
        stored.add(result.stored());
        duplicates.add(result.duplicates());
        conflicts.add(result.conflicts());
        tooFarOff.add(result.tooFarOff());
    }

    ScrapeStats snapshot() {
        return new ScrapeStats(
                scrapes.sum(),
                failed.sum(),
                stored.sum(),
                duplicates.sum(),
                conflicts.sum(),
                tooFarOff.sum(),
                bytes.sum());
    }
}

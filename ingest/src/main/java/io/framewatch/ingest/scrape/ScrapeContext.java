package io.framewatch.ingest.scrape;

import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import io.framewatch.store.MetricAppender;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// What all scrapers share.
///
/// @param startNs what [Clock#nanoTime] counted from, in time since the epoch
record ScrapeContext(
        MetricAppender appender,
        HttpFetch fetch,
        Finders finders,
        Clock clock,
        Tasks tasks,
        Semaphore turns,
        ScrapeOptions options,
        Counters counters,
        FailureLogs failures,
        long startNs) {

    ScrapeContext(
            MetricAppender appender,
            HttpFetch fetch,
            Finders finders,
            Clock clock,
            Tasks tasks,
            Semaphore turns,
            ScrapeOptions options,
            Counters counters,
            FailureLogs failures) {
        this(
                appender,
                fetch,
                finders,
                clock,
                tasks,
                turns,
                options,
                counters,
                failures,
                TimeUnit.MILLISECONDS.toNanos(clock.nowMs()) - clock.nanoTime());
    }

    /// Time since the epoch by the clock that timers go by: two targets ask at their leisure and
    /// still agree on what a moment is.
    long wallNs() {
        return startNs + clock.nanoTime();
    }
}

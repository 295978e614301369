package io.framewatch.ingest.scrape;

import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Tasks;
import io.framewatch.store.MetricAppender;
import java.util.concurrent.Semaphore;

/// What all scrapers share.
record ScrapeContext(
        MetricAppender appender,
        HttpFetch fetch,
        Finders finders,
        Clock clock,
        Tasks tasks,
        Semaphore turns,
        ScrapeOptions options,
        Counters counters,
        FailureLogs failures) {}

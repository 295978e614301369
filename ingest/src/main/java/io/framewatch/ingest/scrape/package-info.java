/// Fetches targets and appends what they show. Start at
/// [io.framewatch.ingest.scrape.ScrapeManager]: it keeps one pool per job and one loop per target;
/// each turn of a loop is one run of a scraper, which fetches, reads, remembers series by the bytes
/// of their lines, and marks as stale what is gone. [io.framewatch.ingest.scrape.TargetStatus] is
/// what people see of it.
@NullMarked
package io.framewatch.ingest.scrape;

import org.jspecify.annotations.NullMarked;

/// The ways in. [io.framewatch.ingest.config.PrometheusConfig] reads `prometheus.yml`;
/// [io.framewatch.ingest.discover] turns it into targets, with the rules of
/// [io.framewatch.ingest.relabel] applied; [io.framewatch.ingest.scrape.ScrapeManager] fetches them
/// through [io.framewatch.ingest.http] and appends to the store;
/// [io.framewatch.ingest.collect.HostCollector] does the same for the host it runs on.
@NullMarked
package io.framewatch.ingest;

import org.jspecify.annotations.NullMarked;

package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import java.util.LinkedHashMap;
import java.util.Map;

/// The samples about a scrape itself: `up` and its kin. Not thread safe.
final class TargetReport {

    /// How one scrape went.
    record Outcome(
            boolean up, double seconds, int scraped, int kept, int seriesAdded, long bytes) {}

    private final MetricAppender appender;
    private final Tenant tenant;
    private final Labels target;
    private final Map<String, Series> series = new LinkedHashMap<>();

    TargetReport(MetricAppender appender, Tenant tenant, Labels target) {
        this.appender = appender;
        this.tenant = tenant;
        this.target = target;
    }

    void add(SampleBatch batch, long atMs, Outcome outcome, ScrapeConfig config) {
        add(batch, atMs, "up", outcome.up ? 1 : 0);
        add(batch, atMs, "scrape_duration_seconds", outcome.seconds);
        add(batch, atMs, "scrape_samples_scraped", outcome.scraped);
        add(batch, atMs, "scrape_samples_post_metric_relabeling", outcome.kept);
        add(batch, atMs, "scrape_series_added", outcome.seriesAdded);
        if (config.extraMetrics()) {
            add(batch, atMs, "scrape_timeout_seconds", config.timeoutMs() / 1000.0);
            add(batch, atMs, "scrape_sample_limit", config.limits().samplesMax());
            add(batch, atMs, "scrape_body_size_bytes", (double) outcome.bytes);
        }
    }

    private void add(SampleBatch batch, long atMs, String name, double value) {
        Series of = series.get(name);
        if (of == null) {
            try {
                of = appender.series(tenant, target.with(Labels.NAME, name));
            } catch (FaultException e) {
                // No room for a series: the samples that did not fit say so in the target's error.
                return;
            }
            series.put(name, of);
        }
        batch.add(of, atMs, value);
    }

    void addStale(SampleBatch batch, long atMs) {
        for (Series of : series.values()) {
            batch.add(of, atMs, StaleNaN.VALUE);
        }
    }
}

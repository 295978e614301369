package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.discover.Target;
import io.framewatch.ingest.discover.TargetBuilder;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/// One exporter, one scraper, one store, and a clock moved by hand.
final class ScrapeBench implements AutoCloseable {

    final InMemoryMetricStore store = new InMemoryMetricStore();
    final ManualClock clock = new ManualClock(1_700_000_000_000L);
    final Exporter exporter;
    private final HttpClients clients = new HttpClients();
    private final Tasks tasks = new Tasks("bench");
    // An exchange takes real time, and its deadline is kept in it.
    private final HttpFetch fetch = new HttpFetch(clients, Clock.system());
    final ScrapeContext context =
            new ScrapeContext(
                    store,
                    fetch,
                    new Finders(fetch, clock, tasks, DiscoveryEnvironment.SYSTEM),
                    clock,
                    tasks,
                    new Semaphore(4),
                    new ScrapeOptions(Tenant.DEFAULT, 4, 1_000_000, 50),
                    new Counters(),
                    new FailureLogs(clock));

    ScrapeBench(Exporter exporter) {
        this.exporter = exporter;
    }

    /// A job with these keys, and the exporter as its target. It has time enough for a busy machine
    /// unless a key says otherwise.
    ScrapeConfig job(String... keys) {
        String own = String.join("\n  ", keys);
        String timeout = own.contains("scrape_timeout") ? "" : "scrape_timeout: 15s";
        String yaml =
                """
                scrape_configs:
                - job_name: cams
                  scrape_interval: 20s
                  static_configs: [{targets: ['ADDRESS'], labels: {site: north}}]
                  TIMEOUT
                  OWN
                """
                        .replace("ADDRESS", exporter.address())
                        .replace("TIMEOUT", timeout)
                        .replace("OWN", own);
        return PrometheusConfig.parse(Path.of("test.yml"), yaml).scrapeConfigs().getFirst();
    }

    Target target(ScrapeConfig job) {
        TargetGroup group =
                new TargetGroup(List.of(exporter.address()), Labels.of("site", "north"));
        return TargetBuilder.build(job, List.of(group)).active().getFirst();
    }

    TargetScraper scraper(String... keys) {
        ScrapeConfig job = job(keys);
        return new TargetScraper(job, target(job), context);
    }

    /// Scrapes, then lets the interval pass.
    void scrape(TargetScraper scraper) throws InterruptedException {
        scraper.scrape();
        clock.advance(Duration.ofSeconds(2));
    }

    /// All values of a metric's only series, stale markers as `stale`.
    List<String> values(String metric) {
        List<SeriesSamples> found = series(metric);
        List<String> values = new ArrayList<>();
        for (SeriesSamples samples : found) {
            for (int i = 0; i < samples.size(); i++) {
                double value = samples.values()[i];
                values.add(StaleNaN.is(value) ? "stale" : Double.toString(value));
            }
        }
        return values;
    }

    List<SeriesSamples> series(String metric) {
        return store.select(
                Tenant.DEFAULT,
                List.of(Matcher.equal(Labels.NAME, metric)),
                TimeRange.ALL,
                SelectLimits.DEFAULT);
    }

    Labels labels(String metric) {
        return series(metric).getFirst().labels();
    }

    @Override
    public void close() {
        tasks.close();
        clients.close();
        exporter.close();
        store.close();
    }
}

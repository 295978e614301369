package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Finders;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Tasks;
import io.framewatch.store.MetricAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// Scrapes everything that a configuration names. Thread safe.
public final class ScrapeManager implements AutoCloseable {

    private final HttpClients clients = new HttpClients();
    private final Tasks tasks = new Tasks("scrape");
    private final ScrapeContext context;
    private final Map<String, ScrapePool> pools = new LinkedHashMap<>();
    private boolean closed;

    /// A manager with default options and nothing to scrape yet.
    public ScrapeManager(MetricAppender appender, Clock clock) {
        this(appender, clock, ScrapeOptions.DEFAULT);
    }

    /// A manager with nothing to scrape yet; samples go to `appender`, which stays the caller's.
    public ScrapeManager(MetricAppender appender, Clock clock, ScrapeOptions options) {
        this(appender, clock, options, DiscoveryEnvironment.SYSTEM);
    }

    /// The same, with discovery in another environment than this machine's.
    public ScrapeManager(
            MetricAppender appender,
            Clock clock,
            ScrapeOptions options,
            DiscoveryEnvironment environment) {
        HttpFetch fetch = new HttpFetch(clients, clock);
        this.context =
                new ScrapeContext(
                        appender,
                        fetch,
                        new Finders(fetch, clock, tasks, environment),
                        clock,
                        tasks,
                        new Semaphore(options.concurrentScrapesMax()),
                        options,
                        new Counters(),
                        new FailureLogs(clock));
        Duration check = Duration.ofMillis(options.discoveryCheckIntervalMs());
        tasks.every("discovery", check, check, this::refresh);
    }

    /// Scrapes what `config` names from now on. Targets that stay the same go on undisturbed and
    /// keep their series; series of targets that are gone are marked stale.
    public synchronized void apply(PrometheusConfig config) {
        if (closed) {
            return;
        }
        Map<String, ScrapeConfig> jobs = new LinkedHashMap<>();
        config.scrapeConfigs().forEach(job -> jobs.put(job.jobName(), job));
        List<String> gone =
                pools.keySet().stream().filter(name -> !jobs.containsKey(name)).toList();
        for (String name : gone) {
            ScrapePool pool = pools.remove(name);
            if (pool != null) {
                pool.stop(true);
            }
        }
        jobs.forEach((name, job) -> {
            ScrapePool pool = pools.get(name);
            if (pool == null) {
                ScrapePool made = new ScrapePool(job, config.folder(), context);
                pools.put(name, made);
                made.start();
            } else {
                pool.apply(job, config.folder());
            }
        });
        context.finders()
                .retain(
                        pools.values().stream()
                                .flatMap(pool -> pool.discoveries().stream())
                                .toList());
    }

    /// The jobs, in the order of the configuration.
    public synchronized List<String> jobs() {
        return List.copyOf(pools.keySet());
    }

    /// How every target is doing, job by job.
    public synchronized List<TargetStatus> targets() {
        List<TargetStatus> all = new ArrayList<>();
        pools.values().forEach(pool -> all.addAll(pool.targets()));
        return all;
    }

    /// Discovered labels of targets that relabelling dropped, by job.
    public synchronized Map<String, List<Labels>> droppedTargets() {
        Map<String, List<Labels>> all = new LinkedHashMap<>();
        pools.forEach((name, pool) -> all.put(name, pool.dropped()));
        return all;
    }

    /// Why a job does not scrape a target with these discovered labels, as one sentence; empty for
    /// a job that is none.
    public synchronized String whyDropped(String job, Labels discovered) {
        ScrapePool pool = pools.get(job);
        return pool == null ? "" : pool.whyDropped(discovered);
    }

    /// What is wrong with discovery and addresses now, one sentence each.
    public synchronized List<String> problems() {
        return pools.values().stream().flatMap(pool -> pool.problems().stream()).toList();
    }

    /// How each discovery is doing.
    public List<DiscoveryStatus> discoveries() {
        return context.finders().statuses();
    }

    /// Counts since start.
    public ScrapeStats stats() {
        return context.counters().snapshot();
    }

    private synchronized void refresh() {
        pools.values().forEach(ScrapePool::refresh);
    }

    /// Stops scraping. Series are not marked stale: a server that comes back goes on with them.
    @Override
    public void close() {
        List<ScrapePool> ended;
        synchronized (this) {
            closed = true;
            ended = new ArrayList<>(pools.values());
            pools.clear();
        }
        tasks.close();
        context.finders().close();
        clients.close();
        ended.forEach(pool -> pool.stop(false));
    }
}

package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.config.ScrapeProtocol;
import io.framewatch.ingest.discover.Target;
import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.http.FetchException;
import io.framewatch.ingest.http.FetchRequest;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.exposition.CustomBuckets;
import io.framewatch.wire.exposition.Exposition;
import io.framewatch.wire.exposition.ExpositionException;
import io.framewatch.wire.exposition.ExpositionFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Scrapes one target, again and again, and remembers its series. Thread safe; scrapes of one
/// target follow one another.
final class TargetScraper {

    private static final int METADATA_EVERY_SCRAPES = 40;

    private final MetricAppender appender;
    private final HttpFetch fetch;
    private final Clock clock;
    private final ScrapeOptions options;
    private final Counters counters;
    private final FailureLogs failures;
    private final ReentrantLock lock = new ReentrantLock();
    private final TargetReport report;
    private SeriesCache cache = new SeriesCache();
    private int scrapes;

    private volatile boolean stopped;
    private volatile boolean relabelled;
    private volatile ScrapeConfig config;
    private volatile Target target;
    private volatile FetchRequest request;
    private volatile String forcedError = "";
    private volatile TargetStatus status;

    TargetScraper(ScrapeConfig config, Target target, ScrapeContext context) {
        this.config = config;
        this.target = target;
        this.request = request(config, target);
        this.appender = context.appender();
        this.fetch = context.fetch();
        this.clock = context.clock();
        this.options = context.options();
        this.counters = context.counters();
        this.failures = context.failures();
        this.report = new TargetReport(appender, options.tenant(), target.labels());
        this.status = status(TargetStatus.Health.UNKNOWN, "", 0, 0, 0);
    }

    TargetStatus status() {
        return status;
    }

    /// Goes on with another configuration of the same target. Series remembered stay, unless the
    /// way samples get their labels changed: then they are read anew and the old ones end.
    void update(ScrapeConfig next, Target same, String error) {
        ScrapeConfig before = config;
        boolean sameLabels =
                next.honorLabels() == before.honorLabels()
                        && next.names().equals(before.names())
                        && next.metricRelabel().equals(before.metricRelabel())
                        && next.limits().equals(before.limits());
        config = next;
        target = same;
        request = request(next, same);
        forcedError = error;
        relabelled |= !sameLabels;
        TargetStatus old = status;
        status =
                status(
                        old.health(),
                        old.lastError(),
                        old.lastScrapeMs(),
                        old.lastScrapeDurationSeconds(),
                        old.lastSamples());
    }

    /// Ends the target; a scrape under way brings nothing more. With `markStale`, its series end
    /// now.
    void stop(boolean markStale) {
        stopped = true;
        if (!markStale) {
            return;
        }
        lock.lock();
        try {
            if (scrapes > 0) {
                SampleBatch batch = new SampleBatch(options.tenant(), cache.live() + 8);
                long now = clock.nowMs();
                addStale(batch, cache.fail(), now);
                report.addStale(batch, now);
                append(batch);
            }
        } finally {
            lock.unlock();
        }
    }

    /// One scrape: fetch, read, append, report.
    void scrape() throws InterruptedException {
        lock.lock();
        try {
            if (!stopped) {
                scrapeLocked();
            }
        } finally {
            lock.unlock();
        }
    }

    private void scrapeLocked() throws InterruptedException {
        long startMs = clock.nowMs();
        long startNs = clock.nanoTime();
        SampleBatch batch = new SampleBatch(options.tenant(), cache.live() + 16);
        List<Series> before = List.of();
        if (relabelled) {
            relabelled = false;
            before = cache.fail();
            cache = new SeriesCache();
        }
        boolean withMetadata = scrapes++ % METADATA_EVERY_SCRAPES == 0;
        ScrapeReader reader =
                new ScrapeReader(config, target, cache, appender, batch, startMs, withMetadata);
        cache.begin();
        String error = "";
        long bytes = 0;
        try {
            Answer answer = fetchAnswer();
            bytes = answer.body().length();
            read(answer, reader);
            addGone(batch, cache.commit(), before, startMs);
        } catch (FetchException e) {
            error = String.valueOf(e.getMessage());
            bytes = e.isTooLarge() ? -1 : 0;
        } catch (ScrapeException | ExpositionException | ScrapeReader.Aborted e) {
            error = String.valueOf(e.getMessage());
        } catch (FaultException e) {
            error = e.fault().message();
        }
        if (!error.isEmpty()) {
            batch.clear();
            addGone(batch, cache.fail(), before, startMs);
        }
        double seconds = (clock.nanoTime() - startNs) / 1e9;
        report.add(
                batch,
                startMs,
                new TargetReport.Outcome(
                        error.isEmpty(),
                        seconds,
                        reader.scraped,
                        error.isEmpty() ? reader.kept : 0,
                        error.isEmpty() ? cache.added() : 0,
                        bytes),
                config);
        if (stopped) {
            return;
        }
        String failure = append(batch);
        if (error.isEmpty() && failure.isEmpty()) {
            keepExtras(reader);
        }
        error = error.isEmpty() ? failure : error;
        counters.scraped(error.isEmpty(), Math.max(0, bytes));
        logFailure(error);
        TargetStatus.Health health =
                error.isEmpty() ? TargetStatus.Health.UP : TargetStatus.Health.DOWN;
        status = status(health, error, startMs, seconds, error.isEmpty() ? reader.kept : 0);
    }

    private Answer fetchAnswer() throws FetchException, ScrapeException, InterruptedException {
        if (!forcedError.isEmpty()) {
            throw new ScrapeException(forcedError);
        }
        long bodyMax = config.limits().bodyBytesMax();
        long bytesMax =
                bodyMax == 0 ? options.bodyBytesMax() : Math.min(bodyMax, Integer.MAX_VALUE - 8);
        Answer answer = fetch.get(request, bytesMax, target.timeoutMs());
        if (answer.status() != 200) {
            throw new ScrapeException("server returned HTTP status " + answer.status());
        }
        return answer;
    }

    private static FetchRequest request(ScrapeConfig config, Target target) {
        return new FetchRequest(config.http(), target.uri(), headers(config, target));
    }

    private static Map<String, String> headers(ScrapeConfig config, Target target) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", accept(config.protocols(), config.names().escaping()));
        headers.put("Accept-Encoding", config.enableCompression() ? "gzip" : "identity");
        headers.put("User-Agent", "Framewatch");
        double seconds = target.timeoutMs() / 1000.0;
        headers.put("X-Prometheus-Scrape-Timeout-Seconds", Double.toString(seconds));
        return headers;
    }

    /// The media types in order of preference, with falling quality.
    static String accept(List<ScrapeProtocol> protocols, String escaping) {
        StringBuilder accept = new StringBuilder();
        int weight = ScrapeProtocol.values().length + 1;
        for (ScrapeProtocol protocol : protocols) {
            accept.append(protocol.mediaType());
            if (protocol == ScrapeProtocol.OPENMETRICS_1_0_0
                    || protocol == ScrapeProtocol.PROMETHEUS_TEXT_1_0_0) {
                accept.append(";escaping=").append(escaping);
            }
            accept.append(";q=0.").append(weight--).append(',');
        }
        return accept.append("*/*;q=0.").append(weight).toString();
    }

    private void read(Answer answer, ScrapeReader reader) throws ScrapeException {
        byte[] data = answer.body().data();
        int length = answer.body().length();
        if (target.histograms().classicToCustom()) {
            CustomBuckets converter = new CustomBuckets(reader);
            Exposition.parse(format(answer), data, length, converter);
            converter.end();
        } else {
            Exposition.parse(format(answer), data, length, reader);
        }
    }

    private ExpositionFormat format(Answer answer) throws ScrapeException {
        ExpositionFormat format = ExpositionFormat.ofContentType(answer.contentType());
        if (format != null) {
            return format;
        }
        ScrapeProtocol fallback = config.fallbackProtocol();
        if (fallback == null) {
            throw new ScrapeException(
                    "the answer has "
                            + (answer.contentType().isEmpty()
                                    ? "no Content-Type"
                                    : "the unknown Content-Type \"" + answer.contentType() + "\"")
                            + " and no fallback_scrape_protocol is set");
        }
        return switch (fallback) {
            case PROMETHEUS_PROTO -> ExpositionFormat.PROTOBUF;
            case OPENMETRICS_1_0_0, OPENMETRICS_0_0_1 -> ExpositionFormat.OPENMETRICS;
            case PROMETHEUS_TEXT_1_0_0, PROMETHEUS_TEXT_0_0_4 -> ExpositionFormat.PROMETHEUS_TEXT;
        };
    }

    /// Marks series as ended, but for those that the same scrape brought under another spelling.
    private static void addGone(
            SampleBatch batch, List<Series> gone, List<Series> before, long atMs) {
        if (gone.isEmpty() && before.isEmpty()) {
            return;
        }
        Set<Series> left = new HashSet<>(gone);
        left.addAll(before);
        for (int row = 0; row < batch.size() && !left.isEmpty(); row++) {
            left.remove(batch.series(row));
        }
        addStale(batch, List.copyOf(left), atMs);
    }

    private static void addStale(SampleBatch batch, List<Series> series, long atMs) {
        for (Series one : series) {
            batch.add(one, atMs, StaleNaN.VALUE);
        }
    }

    private void logFailure(String error) {
        Path file = config.failureLog();
        if (file != null && !error.isEmpty()) {
            failures.write(file, config.jobName(), shown(target), error);
        }
    }

    /// Appends; answers why it could not, or the empty string.
    private String append(SampleBatch batch) {
        if (batch.size() == 0) {
            return "";
        }
        batch.setPatient();
        try {
            counters.appended(appender.append(batch));
            return "";
        } catch (FaultException e) {
            return e.fault().message();
        }
    }

    private void keepExtras(ScrapeReader reader) {
        if (!reader.exemplars.isEmpty()) {
            appender.exemplars(options.tenant(), reader.exemplars);
        }
        if (!reader.metadata.isEmpty()) {
            appender.metadata(options.tenant(), reader.metadata);
        }
    }

    private TargetStatus status(
            TargetStatus.Health health, String error, long startMs, double seconds, int samples) {
        Target of = target;
        return new TargetStatus(
                config.jobName(),
                shown(of),
                of.discovered(),
                of.labels(),
                health,
                error,
                startMs,
                seconds,
                samples,
                of.intervalMs(),
                of.timeoutMs());
    }

    /// The address without credentials.
    private static String shown(Target target) {
        String user = target.uri().getRawUserInfo();
        String uri = target.uri().toString();
        return user == null ? uri : uri.replace(user + "@", "");
    }
}

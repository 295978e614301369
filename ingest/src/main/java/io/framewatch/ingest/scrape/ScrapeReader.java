package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.Target;
import io.framewatch.model.Exemplar;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.exposition.ExpositionVisitor;
import io.framewatch.wire.exposition.SampleView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the samples of one exposition into a batch. Used for one scrape.
final class ScrapeReader implements ExpositionVisitor {

    /// An exemplar and its series, to be kept when the samples are. A limit or rule broken in the
    /// middle of an exposition; carried out of the parser.
    static final class Aborted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Aborted(String reason) {
            super(reason, null, false, false);
        }
    }

    private final ScrapeConfig config;
    private final Target target;
    private final SeriesCache cache;
    private final MetricAppender appender;
    private final SampleBatch batch;
    private final long timestampMs;
    private final boolean withMetadata;

    final List<SeriesExemplar> exemplars = new ArrayList<>();
    final List<MetricMetadata> metadata = new ArrayList<>();
    int scraped;
    int kept;

    /// The name that the parser was told stands where it reads, so that it need not be found again.
    private int told = SeriesCache.NONE;

    ScrapeReader(
            ScrapeConfig config,
            Target target,
            SeriesCache cache,
            MetricAppender appender,
            SampleBatch batch,
            long timestampMs,
            boolean withMetadata) {
        this.config = config;
        this.target = target;
        this.cache = cache;
        this.appender = appender;
        this.batch = batch;
        this.timestampMs = timestampMs;
        this.withMetadata = withMetadata;
    }

    @Override
    public void sample(SampleView sample) {
        scraped++;
        int known =
                told == SeriesCache.NONE
                        ? cache.find(sample.key(), sample.keyFrom(), sample.keyTo())
                        : told;
        told = SeriesCache.NONE;
        int number = known == SeriesCache.NONE ? remember(sample) : known;
        boolean own = sample.hasTimestamp() && config.honorTimestamps();
        cache.see(number, !own || config.trackTimestampsStaleness());
        Series series = cache.series(number);
        if (series == null) {
            return;
        }
        kept++;
        if (config.limits().samplesMax() > 0 && kept > config.limits().samplesMax()) {
            throw new Aborted(
                    "sample limit exceeded: more than "
                            + config.limits().samplesMax()
                            + " samples");
        }
        add(series, sample, own ? sample.timestampMs() : timestampMs);
    }

    private int remember(SampleView sample) {
        try {
            Labels labels = SampleLabels.of(config, target.labels(), sample.labels());
            Series series = labels == null ? null : known(labels);
            return cache.put(sample.key(), sample.keyFrom(), sample.keyTo(), series);
        } catch (ScrapeException e) {
            throw new Aborted(String.valueOf(e.getMessage()));
        }
    }

    /// The series, or null if it is one too many or has labels that may not be: the others of the
    /// scrape are kept. As one dropped by relabelling it is not asked for again while the target
    /// shows it, so that a metric that explodes costs no more each time.
    private @Nullable Series known(Labels labels) {
        try {
            return appender.series(batch.tenant(), labels);
        } catch (FaultException e) {
            String code = e.fault().code();
            if (code.equals("series_limit") || code.equals("label_limit")) {
                return null;
            }
            throw e;
        }
    }

    private void add(Series series, SampleView sample, long atMs) {
        NativeHistogram histogram = sample.histogram();
        if (histogram == null) {
            batch.add(series, atMs, sample.value());
        } else {
            int buckets = histogram.positiveBuckets().length + histogram.negativeBuckets().length;
            int max = config.limits().histogramBucketsMax();
            if (max > 0 && buckets > max) {
                throw new Aborted(
                        "native histogram bucket limit exceeded: " + buckets + " buckets");
            }
            batch.add(series, atMs, histogram);
        }
        if (sample.startTimestampMs() != SampleBatch.NO_START) {
            batch.startTimestampMs(sample.startTimestampMs());
        }
        for (Exemplar exemplar : sample.exemplars()) {
            long when = exemplar.timestampMs() == 0 ? atMs : exemplar.timestampMs();
            exemplars.add(
                    new SeriesExemplar(
                            series, new Exemplar(exemplar.labels(), exemplar.value(), when)));
        }
    }

    /// A name in braces ends with them; one without ends where no name can go on and no brace can
    /// follow.
    @Override
    public int knownKeyTo(byte[] data, int at, int end) {
        int number = cache.expected(data, at, end);
        if (number == SeriesCache.NONE) {
            return NO_KEY;
        }
        int to = at + cache.length(number);
        boolean whole =
                cache.lastByte(number) == '}'
                        || to + 1 < end
                                && data[to] == ' '
                                && (data[to + 1] >= '0' && data[to + 1] <= '9'
                                        || data[to + 1] == '-');
        told = whole ? number : SeriesCache.NONE;
        return whole ? to : NO_KEY;
    }

    @Override
    public void metadata(MetricMetadata one) {
        metadata.add(one);
    }

    @Override
    public boolean wantsMetadata() {
        return withMetadata;
    }

    @Override
    public boolean wantsClassicBesideNative() {
        return target.histograms().classicBeside();
    }

    @Override
    public boolean wantsNative() {
        return target.histograms().nativeParts();
    }
}

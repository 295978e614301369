package io.framewatch.wire.otlp.metrics;

import io.framewatch.model.FloatFormat;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.wire.push.MetricSink;
import io.framewatch.wire.push.WriteLimits;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns the points of one request into rows of a batch, and counts those it must leave out. Not
/// thread safe.
final class PointWriter {

    private static final long NS_PER_MS = 1_000_000;
    private static final double[] NO_BOUNDS = {};
    private static final String NO_MORE_SERIES = "the tenant may have no more series";

    /// `target_info` stands at least this often between a resource's first and last point, so that
    /// a join finds it within PromQL's usual lookback; milliseconds.
    private static final long TARGET_STEP_MS = 150_000;

    private static final int TARGETS_PER_REQUEST_MAX = 1_000;

    private final OtlpOptions options;
    private final WriteLimits limits;
    private final SampleBatch batch;
    private final MetricSink sink;
    private final Supplier<DeltaStreams.Pass> deltas;
    private final ExemplarReader exemplars = new ExemplarReader();
    private DeltaStreams.@Nullable Pass pass;
    private @Nullable PointLabels resource;
    private String name = "";
    private boolean counter;
    private boolean delta;
    private long firstMs;
    private long lastMs;
    private int refused;
    private String reason = "";

    PointWriter(
            OtlpOptions options,
            WriteLimits limits,
            SampleBatch batch,
            MetricSink sink,
            Supplier<DeltaStreams.Pass> deltas) {
        this.options = options;
        this.limits = limits;
        this.batch = batch;
        this.sink = sink;
        this.deltas = deltas;
    }

    int refused() {
        return refused;
    }

    String reason() {
        return reason;
    }

    void refuse(int points, String why) {
        if (points > 0 && reason.isEmpty()) {
            reason = why;
        }
        refused += points;
    }

    void resource(PointLabels next) {
        resource = next;
        firstMs = Long.MAX_VALUE;
        lastMs = Long.MIN_VALUE;
    }

    void metric(String metricName, boolean isCounter, boolean isDelta) {
        name = metricName;
        counter = isCounter;
        delta = isDelta;
    }

    /// Writes the resource's `target_info` over the time its points cover.
    void target() {
        Labels labels = resource == null ? Labels.EMPTY : resource.target();
        if (labels.isEmpty() || lastMs == Long.MIN_VALUE || !fits(labels)) {
            return;
        }
        Series series = sink.series(labels);
        if (series == null) {
            return;
        }
        sink.metadata(
                new MetricMetadata(
                        "target_info", MetricMetadata.Type.GAUGE, "Target metadata", ""));
        long stepMs = Math.max(TARGET_STEP_MS, (lastMs - firstMs) / TARGETS_PER_REQUEST_MAX);
        for (long atMs = firstMs; atMs < lastMs; atMs += stepMs) {
            batch.add(series, atMs, 1);
        }
        batch.add(series, lastMs, 1);
    }

    private boolean fits(Labels labels) {
        if (labels.size() > limits.labelsMax()) {
            return false;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (labels.nameAt(i).length() > limits.labelNameLengthMax()
                    || labels.valueAt(i).length() > limits.labelValueLengthMax()) {
                return false;
            }
        }
        return true;
    }

    /// The labels of a point with the metric's name, or null when it must be left out.
    private @Nullable Labels labels(List<KeyValue> attributes, long timeNs) {
        if (timeNs <= 0) {
            refuse(1, "a point of " + name + " has no time, or one after the year 2262");
            return null;
        }
        if (batch.size() >= limits.samplesMax()) {
            refuse(1, "the request has more than " + limits.samplesMax() + " samples");
            return null;
        }
        Labels.Builder builder = resource == null ? new Labels.Builder() : resource.of(attributes);
        Labels labels = builder.set(Labels.NAME, name).build();
        if (!fits(labels)) {
            refuse(1, "a point of " + name + " has too many labels, or too long ones");
            return null;
        }
        return labels;
    }

    private void covers(long timeMs) {
        firstMs = Math.min(firstMs, timeMs);
        lastMs = Math.max(lastMs, timeMs);
    }

    private static boolean noValue(int flags) {
        return (flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0;
    }

    private DeltaStreams.Pass pass() {
        DeltaStreams.Pass open = pass;
        if (open == null) {
            open = deltas.get();
            pass = open;
        }
        return open;
    }

    /// Whether a difference is the next of its stream; tells why not.
    private boolean isNext(Labels stream, long fromNs, long toNs) {
        return switch (pass().order(stream, fromNs, toNs)) {
            case NEXT -> true;
            case REPEATED -> false;
            case LATE -> {
                refuse(1, "a difference of " + name + " is older than one taken before");
                yield false;
            }
            case NO_PLACE -> {
                refuse(1, "too many streams send differences; " + name + " has no place");
                yield false;
            }
        };
    }

    void number(NumberDataPoint point) {
        long timeNs = point.getTimeUnixNano();
        Labels labels = labels(point.getAttributesList(), timeNs);
        if (labels == null) {
            return;
        }
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        long startNs = point.getStartTimeUnixNano();
        boolean gone = noValue(point.getFlags());
        if (delta && !gone) {
            if (!isNext(labels, startNs, timeNs)) {
                return;
            }
            DeltaStreams.Running sum =
                    pass().add(labels, startNs, timeNs, NO_BOUNDS, new double[] {value});
            value = sum.sums()[0];
            startNs = sum.startNs();
        }
        Series series =
                row(labels, timeNs / NS_PER_MS, startNs(startNs), gone ? StaleNaN.VALUE : value);
        if (series != null && counter) {
            point.getExemplarsList().forEach(e -> exemplars.read(e, series, sink));
        }
    }

    /// The start of a counter; of other numbers it says nothing.
    private long startNs(long startNs) {
        return counter ? startNs : 0;
    }

    /// One row; null and counted if the series may not exist.
    private @Nullable Series row(Labels labels, long timeMs, long startNs, double value) {
        Series series = sink.series(labels);
        if (series == null) {
            refuse(1, NO_MORE_SERIES);
            return null;
        }
        batch.add(series, timeMs, value);
        if (startNs > 0) {
            batch.startTimestampMs(startNs / NS_PER_MS);
        }
        covers(timeMs);
        return series;
    }

    private @Nullable Series row(
            Labels labels, long timeNs, long startNs, NativeHistogram histogram) {
        Series series = sink.series(labels);
        if (series == null) {
            refuse(1, NO_MORE_SERIES);
            return null;
        }
        batch.add(series, timeNs / NS_PER_MS, histogram);
        if (startNs > 0) {
            batch.startTimestampMs(startNs / NS_PER_MS);
        }
        covers(timeNs / NS_PER_MS);
        return series;
    }

    void explicit(HistogramDataPoint point) {
        long timeNs = point.getTimeUnixNano();
        Labels labels = labels(point.getAttributesList(), timeNs);
        if (labels == null) {
            return;
        }
        Explicit read = Explicit.of(point, noValue(point.getFlags()));
        if (read == null) {
            refuse(1, "the buckets of " + name + " do not fit their bounds");
            return;
        }
        long startNs = point.getStartTimeUnixNano();
        if (delta && !read.gone()) {
            if (!isNext(labels, startNs, timeNs)) {
                return;
            }
            DeltaStreams.Running sum =
                    pass().add(labels, startNs, timeNs, read.bounds(), read.numbers());
            read = new Explicit(read.bounds(), sum.sums(), read.hasSum(), false);
            startNs = sum.startNs();
        }
        if (options.customBuckets()) {
            row(labels, timeNs, startNs, read.custom());
        } else {
            classic(labels, timeNs / NS_PER_MS, startNs, read, point);
        }
    }

    private void classic(
            Labels labels, long timeMs, long startNs, Explicit read, HistogramDataPoint point) {
        Series counted =
                row(labels.with(Labels.NAME, name + "_count"), timeMs, startNs, read.count());
        if (counted == null) {
            return;
        }
        if (read.hasSum()) {
            row(labels.with(Labels.NAME, name + "_sum"), timeMs, startNs, read.sum());
        }
        double running = 0;
        double[] bounds = read.bounds();
        Labels.Builder bucket = labels.toBuilder().set(Labels.NAME, name + "_bucket");
        for (int i = 0; i <= bounds.length; i++) {
            boolean last = i == bounds.length;
            running += read.numbers()[i];
            String le = last ? "+Inf" : FloatFormat.plain(bounds[i]);
            double value = read.gone() ? StaleNaN.VALUE : last ? read.count() : running;
            Series series = row(bucket.set("le", le).build(), timeMs, startNs, value);
            if (series != null && point.getExemplarsCount() > 0) {
                double from = i == 0 ? Double.NEGATIVE_INFINITY : bounds[i - 1];
                exemplars.within(
                        point.getExemplarsList(),
                        from,
                        last ? Double.NaN : bounds[i],
                        series,
                        sink);
            }
        }
    }

    void exponential(ExponentialHistogramDataPoint point) {
        long timeNs = point.getTimeUnixNano();
        Labels labels = labels(point.getAttributesList(), timeNs);
        if (labels == null) {
            return;
        }
        String wrong = HistogramPoints.wrong(point);
        if (!wrong.isEmpty()) {
            refuse(1, wrong);
            return;
        }
        long startNs = point.getStartTimeUnixNano();
        boolean gone = noValue(point.getFlags());
        NativeHistogram histogram =
                gone ? HistogramPoints.stale() : HistogramPoints.exponential(point);
        if (delta && !gone) {
            if (!isNext(labels, startNs, timeNs)) {
                return;
            }
            DeltaStreams.Running sum = pass().add(labels, startNs, timeNs, histogram);
            histogram = sum.histogram() == null ? histogram : sum.histogram();
            startNs = sum.startNs();
        }
        Series series = row(labels, timeNs, startNs, histogram);
        if (series != null) {
            point.getExemplarsList().forEach(e -> exemplars.read(e, series, sink));
        }
    }

    void summary(SummaryDataPoint point) {
        long timeNs = point.getTimeUnixNano();
        Labels labels = labels(point.getAttributesList(), timeNs);
        if (labels == null) {
            return;
        }
        boolean gone = noValue(point.getFlags());
        long startNs = point.getStartTimeUnixNano();
        long timeMs = timeNs / NS_PER_MS;
        double count = gone ? StaleNaN.VALUE : point.getCount();
        if (row(labels.with(Labels.NAME, name + "_count"), timeMs, startNs, count) == null) {
            return;
        }
        double sum = gone ? StaleNaN.VALUE : point.getSum();
        row(labels.with(Labels.NAME, name + "_sum"), timeMs, startNs, sum);
        Labels.Builder quantile = labels.toBuilder();
        point.getQuantileValuesList()
                .forEach(q ->
                        row(
                                quantile.set("quantile", FloatFormat.plain(q.getQuantile()))
                                        .build(),
                                timeMs,
                                0,
                                gone ? StaleNaN.VALUE : q.getValue()));
    }
}

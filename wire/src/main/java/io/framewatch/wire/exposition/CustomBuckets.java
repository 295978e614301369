package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns the classic histograms of an exposition into native ones with custom buckets and passes
/// everything on to another visitor; the classic parts too if that one wants them. A histogram
/// whose buckets are not cumulative becomes none. Used for one exposition, by one thread; [#end]
/// must be called after it.
public final class CustomBuckets implements ExpositionVisitor {

    private final ExpositionVisitor next;
    private Labels group = Labels.EMPTY;
    private boolean hasTimestamp;
    private long timestampMs;
    private long startMs;
    private double sum;
    private double count = Double.NaN;
    private final TreeMap<Double, Double> cumulative = new TreeMap<>();
    private final List<Exemplar> exemplars = new ArrayList<>();

    /// Passes on to `next`.
    public CustomBuckets(ExpositionVisitor next) {
        this.next = next;
    }

    @Override
    public void sample(SampleView sample) {
        String family = sample.histogramFamily();
        Labels labels = family.isEmpty() ? Labels.EMPTY : sample.labels();
        String name = labels.metricName();
        String part = name.startsWith(family) ? name.substring(family.length()) : "";
        if (!part.equals("_bucket") && !part.equals("_count") && !part.equals("_sum")) {
            if (!part.equals("_created")) {
                end();
            }
            next.sample(sample);
            return;
        }
        begin(labels.without("le").with(Labels.NAME, family), sample);
        switch (part) {
            case "_sum" -> sum = sample.value();
            case "_count" -> count = sample.value();
            default -> bucket(labels.get("le"), sample);
        }
        if (next.wantsClassicBesideNative()) {
            next.sample(sample);
        }
    }

    private void begin(Labels labels, SampleView sample) {
        boolean sameTime =
                sample.hasTimestamp() == hasTimestamp
                        && (!hasTimestamp || sample.timestampMs() == timestampMs);
        if (labels.equals(group) && sameTime) {
            return;
        }
        end();
        group = labels;
        hasTimestamp = sample.hasTimestamp();
        timestampMs = sample.timestampMs();
        startMs = sample.startTimestampMs();
    }

    private void bucket(String bound, SampleView sample) {
        byte[] text = bound.getBytes(StandardCharsets.UTF_8);
        if (Numbers.isNumber(text, 0, text.length)) {
            cumulative.put(Numbers.parse(text, 0, text.length), sample.value());
            exemplars.addAll(sample.exemplars());
        }
    }

    /// The exposition is over.
    public void end() {
        NativeHistogram histogram = group.isEmpty() ? null : histogram();
        if (histogram != null) {
            next.sample(
                    new Converted(
                            key(group),
                            group,
                            histogram,
                            hasTimestamp,
                            timestampMs,
                            startMs,
                            List.copyOf(exemplars)));
        }
        group = Labels.EMPTY;
        sum = 0;
        count = Double.NaN;
        cumulative.clear();
        exemplars.clear();
    }

    /// A byte that begins no line, then the labels.
    private static byte[] key(Labels labels) {
        return ("\0" + labels).getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable NativeHistogram histogram() {
        Double infinite = cumulative.remove(Double.POSITIVE_INFINITY);
        double all = Double.isNaN(count) ? infinite == null ? Double.NaN : infinite : count;
        double[] bounds = new double[cumulative.size()];
        List<Span> spans = new ArrayList<>();
        double[] counts = new double[bounds.length + 1];
        double before = 0;
        int bound = 0;
        int filled = 0;
        int gap = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            bounds[bound++] = bucket.getKey();
            double more = bucket.getValue() - before;
            if (!(more >= 0)) {
                return null;
            }
            before = bucket.getValue();
            gap = add(spans, more, gap);
            if (more > 0) {
                counts[filled++] = more;
            }
        }
        double rest = all - before;
        if (!(rest >= 0)) {
            return null;
        }
        add(spans, rest, gap);
        if (rest > 0) {
            counts[filled++] = rest;
        }
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                NativeHistogram.CUSTOM_BUCKETS,
                0,
                0,
                all,
                sum,
                spans.toArray(Span[]::new),
                Arrays.copyOf(counts, filled),
                new Span[0],
                new double[0],
                bounds);
    }

    /// Lengthens the last span or begins one; answers how many empty buckets now stand behind it.
    private static int add(List<Span> spans, double count, int gap) {
        if (count == 0) {
            return gap + 1;
        }
        if (gap == 0 && !spans.isEmpty()) {
            Span last = spans.removeLast();
            spans.add(new Span(last.offset(), last.length() + 1));
        } else {
            spans.add(new Span(gap, 1));
        }
        return 0;
    }

    @Override
    public void metadata(MetricMetadata metadata) {
        next.metadata(metadata);
    }

    @Override
    public boolean wantsMetadata() {
        return next.wantsMetadata();
    }

    @Override
    public boolean wantsNative() {
        return next.wantsNative();
    }

    @Override
    public boolean wantsClassicBesideNative() {
        return next.wantsClassicBesideNative();
    }

    /// A converted histogram as a sample.
    private record Converted(
            byte[] key,
            Labels labels,
            NativeHistogram histogram,
            boolean hasTimestamp,
            long timestampMs,
            long startTimestampMs,
            List<Exemplar> exemplars)
            implements SampleView {

        @Override
        public int keyFrom() {
            return 0;
        }

        @Override
        public int keyTo() {
            return key.length;
        }

        @Override
        public double value() {
            return histogram.sum();
        }
    }
}

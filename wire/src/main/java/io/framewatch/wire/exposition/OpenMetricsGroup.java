package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The samples of one OpenMetrics metric, checked one by one and, for histograms, as a whole.
final class OpenMetricsGroup {

    private final String family;
    private final MetricMetadata.Type type;
    private final Map<String, Double> latest = new HashMap<>();
    private boolean hasTimestamps;
    private boolean any;
    private long timestampMs;
    private double bound = Double.NEGATIVE_INFINITY;
    private double bucket;
    private boolean buckets;
    private boolean negativeBounds;
    private boolean infinite;

    OpenMetricsGroup(String family, MetricMetadata.Type type) {
        this.family = family;
        this.type = type;
    }

    void add(String suffix, Labels labels, SampleView sample, int line) {
        checkTime(labels, sample, line);
        checkLabels(suffix, labels, line);
        checkValue(suffix, sample.value(), line);
        if (suffix.equals("_bucket")) {
            addBucket(labels, sample, line);
        }
        latest.put(suffix, sample.value());
    }

    private void checkTime(Labels labels, SampleView sample, int line) {
        if (any && sample.hasTimestamp() != hasTimestamps) {
            throw new ExpositionException(line, "some samples of a group have no timestamp");
        }
        if (any && hasTimestamps && sample.timestampMs() < timestampMs) {
            throw new ExpositionException(line, "timestamps go back");
        }
        if (any && hasTimestamps && sample.timestampMs() > timestampMs) {
            latest.clear();
            buckets = false;
            bound = Double.NEGATIVE_INFINITY;
        }
        String key = "\0" + labels;
        if (!sample.hasTimestamp() && latest.put(key, 0.0) != null) {
            throw new ExpositionException(line, "the sample is given twice");
        }
        any = true;
        hasTimestamps = sample.hasTimestamp();
        timestampMs = sample.timestampMs();
    }

    private void checkLabels(String suffix, Labels labels, int line) {
        if (type == MetricMetadata.Type.STATE_SET && !labels.has(family)) {
            throw new ExpositionException(line, "a stateset needs the label " + family);
        }
        if (type == MetricMetadata.Type.SUMMARY && suffix.isEmpty()) {
            double quantile = number(labels, "quantile", line);
            if (!(quantile >= 0 && quantile <= 1)) {
                throw new ExpositionException(line, "the quantile is not between 0 and 1");
            }
        }
    }

    private static double number(Labels labels, String name, int line) {
        byte[] text = labels.get(name).getBytes(StandardCharsets.UTF_8);
        if (!Numbers.isNumber(text, 0, text.length)) {
            throw new ExpositionException(line, "the label " + name + " is missing or no number");
        }
        return Numbers.parse(text, 0, text.length);
    }

    private void checkValue(String suffix, double value, int line) {
        boolean counts =
                switch (type) {
                    case COUNTER -> suffix.equals("_total");
                    case HISTOGRAM, SUMMARY -> suffix.equals("_count") || suffix.equals("_sum");
                    case GAUGE_HISTOGRAM -> suffix.equals("_gcount");
                    case GAUGE, INFO, STATE_SET, UNKNOWN -> false;
                };
        counts |= suffix.equals("_bucket");
        if (counts && !(value >= 0)) {
            throw new ExpositionException(line, "the value of a count is negative or NaN");
        }
        if (type == MetricMetadata.Type.INFO && value != 1) {
            throw new ExpositionException(line, "the value of an info is not 1");
        }
        if (type == MetricMetadata.Type.STATE_SET && value != 0 && value != 1) {
            throw new ExpositionException(line, "the value of a stateset is neither 0 nor 1");
        }
    }

    private void addBucket(Labels labels, SampleView sample, int line) {
        double le = number(labels, "le", line);
        if (buckets && !(le > bound) && !hasTimestamps) {
            throw new ExpositionException(line, "the buckets are not in order");
        }
        if (buckets && sample.value() < bucket && le > bound) {
            throw new ExpositionException(line, "the buckets are not cumulative");
        }
        buckets = true;
        bound = le;
        bucket = sample.value();
        negativeBounds |= le < 0;
        infinite |= le == Double.POSITIVE_INFINITY;
    }

    /// What holds of a histogram as a whole.
    void end(int line) {
        if (type != MetricMetadata.Type.HISTOGRAM && type != MetricMetadata.Type.GAUGE_HISTOGRAM) {
            return;
        }
        String count = type == MetricMetadata.Type.HISTOGRAM ? "_count" : "_gcount";
        String sum = type == MetricMetadata.Type.HISTOGRAM ? "_sum" : "_gsum";
        if (!infinite) {
            throw new ExpositionException(line - 1, "the +Inf bucket of " + family + " is missing");
        }
        boolean hasSum = latest.containsKey(sum);
        if (latest.containsKey(count) != hasSum
                && !(negativeBounds && type == MetricMetadata.Type.HISTOGRAM)) {
            throw new ExpositionException(
                    line - 1, "count and sum of " + family + " are not given together");
        }
        if (hasSum && negativeBounds && type == MetricMetadata.Type.HISTOGRAM) {
            throw new ExpositionException(line - 1, "a histogram with negative buckets has no sum");
        }
        Double counted = latest.get(count);
        if (counted != null && counted != bucket) {
            throw new ExpositionException(line - 1, "the count is not that of the +Inf bucket");
        }
        Double summed = latest.get(sum);
        if (summed != null && summed < 0 && !negativeBounds) {
            throw new ExpositionException(line - 1, "a negative sum without negative buckets");
        }
    }
}

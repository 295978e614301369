package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;

/// Writes Prometheus's text format 0.0.4, with names that are not identifiers in quotes as version
/// 1.0.0 has them. Not thread safe.
public final class TextWriter {

    private final StringBuilder out = new StringBuilder(4096);

    /// Begins a family; its samples must follow.
    public TextWriter family(String name, MetricMetadata.Type type, String help) {
        if (!help.isEmpty()) {
            out.append("# HELP ");
            name(name);
            out.append(' ').append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
        }
        out.append("# TYPE ");
        name(name);
        out.append(' ').append(word(type)).append('\n');
        return this;
    }

    private static String word(MetricMetadata.Type type) {
        return switch (type) {
            case COUNTER, GAUGE, HISTOGRAM, SUMMARY -> type.word();
            case INFO, STATE_SET -> "gauge";
            case GAUGE_HISTOGRAM -> "histogram";
            case UNKNOWN -> "untyped";
        };
    }

    /// A sample without a timestamp; the labels include the metric name.
    public TextWriter sample(Labels labels, double value) {
        series(labels);
        out.append(' ').append(GoFloat.print(value)).append('\n');
        return this;
    }

    /// A sample with a timestamp, Unix milliseconds.
    public TextWriter sample(Labels labels, double value, long timestampMs) {
        series(labels);
        out.append(' ').append(GoFloat.print(value)).append(' ').append(timestampMs).append('\n');
        return this;
    }

    /// A sample of the series `name` with alternating label names and values.
    public TextWriter sample(String name, double value, String... labels) {
        return sample(Labels.of(labels).with(Labels.NAME, name), value);
    }

    private void series(Labels labels) {
        String name = labels.metricName();
        boolean bare = Labels.isIdentifier(name, true);
        out.append(bare ? name : "");
        if (bare && labels.size() == 1) {
            return;
        }
        out.append('{').append(bare ? "" : Labels.quote(name));
        boolean[] first = {bare};
        labels.forEach((label, value) -> {
            if (label.equals(Labels.NAME)) {
                return;
            }
            out.append(first[0] ? "" : ",");
            first[0] = false;
            out.append(Labels.isIdentifier(label, false) ? label : Labels.quote(label));
            out.append('=').append(Labels.quote(value));
        });
        out.append('}');
    }

    private void name(String name) {
        out.append(Labels.isIdentifier(name, true) ? name : Labels.quote(name));
    }

    /// The text so far.
    @Override
    public String toString() {
        return out.toString();
    }
}

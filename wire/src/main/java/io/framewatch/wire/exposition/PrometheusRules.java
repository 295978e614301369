package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What Prometheus's text format asks beyond syntax: one HELP and one TYPE a family, TYPE before
/// the samples, numbers as bucket bounds and quantiles, a line feed at the end.
final class PrometheusRules implements FormatRules {

    private final Set<String> helps = new HashSet<>();
    private final Map<String, MetricMetadata.Type> types = new HashMap<>();
    private final Set<String> sampled = new HashSet<>();

    @Override
    public void type(String family, MetricMetadata.Type type, int line) {
        if (types.put(family, type) != null) {
            throw new ExpositionException(line, "a second TYPE for " + family);
        }
        if (sampled.contains(family)) {
            throw new ExpositionException(line, "the TYPE of " + family + " comes after a sample");
        }
    }

    @Override
    public void help(String family, int line) {
        if (!helps.add(family)) {
            throw new ExpositionException(line, "a second HELP for " + family);
        }
    }

    @Override
    public void unit(String family, String unit, int line) {}

    @Override
    public void sample(SampleView sample, int line) {
        Labels labels = sample.labels();
        String name = labels.metricName();
        sampled.add(name);
        if (types.get(name) == MetricMetadata.Type.SUMMARY) {
            number(labels, "quantile", line);
        }
        boolean bucket = name.endsWith("_bucket");
        String base = bucket ? name.substring(0, name.length() - "_bucket".length()) : "";
        if (bucket && types.get(base) == MetricMetadata.Type.HISTOGRAM) {
            number(labels, "le", line);
        }
    }

    private static void number(Labels labels, String name, int line) {
        byte[] text = labels.get(name).getBytes(StandardCharsets.UTF_8);
        if (text.length > 0 && !Numbers.isNumber(text, 0, text.length)) {
            throw new ExpositionException(
                    line, "the label " + name + " is not a number: " + labels.get(name));
        }
    }

    @Override
    public void end(boolean complete, int line) {
        if (!complete) {
            throw new ExpositionException(line, "the last line does not end with a line feed");
        }
    }
}

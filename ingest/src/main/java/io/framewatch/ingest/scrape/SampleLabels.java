package io.framewatch.ingest.scrape;

import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.config.ScrapeLimits;
import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.model.Labels;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Joins a sample's labels with its target's, applies metric relabelling, checks limits.
final class SampleLabels {

    private SampleLabels() {}

    /// The labels to store, or null if the sample is dropped. Throws [ScrapeException] beyond a
    /// limit.
    static @Nullable Labels of(ScrapeConfig config, Labels target, Labels sample)
            throws ScrapeException {
        Labels.Builder labels = sample.toBuilder();
        if (config.honorLabels()) {
            target.forEach((name, value) -> {
                if (labels.find(name) == null) {
                    labels.set(name, value);
                }
            });
        } else {
            target.forEach((name, value) -> override(labels, name, value));
        }
        if (!Relabel.apply(labels, config.metricRelabel())) {
            return null;
        }
        Labels result = labels.build();
        if (!result.has(Labels.NAME)) {
            throw new ScrapeException("a sample has no metric name after relabelling");
        }
        if (!config.names().utf8()) {
            checkNames(result);
        }
        check(config.limits(), result);
        return result;
    }

    /// The target's label wins; the sample's own moves to `exported_...`.
    private static void override(Labels.Builder labels, String name, String value) {
        String own = labels.find(name);
        if (own != null) {
            String moved = "exported_" + name;
            while (labels.find(moved) != null) {
                moved = "exported_" + moved;
            }
            labels.set(moved, own);
        }
        labels.set(name, value);
    }

    private static void checkNames(Labels labels) throws ScrapeException {
        boolean plain = Labels.isIdentifier(labels.metricName(), true);
        String wrong = plain ? "" : labels.metricName();
        for (int i = 0; i < labels.size() && wrong.isEmpty(); i++) {
            wrong = Labels.isIdentifier(labels.nameAt(i), false) ? "" : labels.nameAt(i);
        }
        if (!wrong.isEmpty()) {
            throw new ScrapeException(
                    "the name "
                            + Labels.quote(wrong)
                            + " is not allowed, as metric_name_validation_scheme is legacy");
        }
    }

    private static void check(ScrapeLimits limits, Labels labels) throws ScrapeException {
        if (limits.labelsMax() > 0 && labels.size() > limits.labelsMax()) {
            throw new ScrapeException(
                    "label_limit exceeded: "
                            + labels.size()
                            + " labels where "
                            + limits.labelsMax()
                            + " are allowed, metric "
                            + labels.metricName());
        }
        if (limits.labelNameLengthMax() == 0 && limits.labelValueLengthMax() == 0) {
            return;
        }
        for (int i = 0; i < labels.size(); i++) {
            checkLength("label_name_length_limit", labels.nameAt(i), limits.labelNameLengthMax());
            checkLength(
                    "label_value_length_limit", labels.valueAt(i), limits.labelValueLengthMax());
        }
    }

    private static void checkLength(String limit, String text, int max) throws ScrapeException {
        if (max > 0 && text.getBytes(StandardCharsets.UTF_8).length > max) {
            throw new ScrapeException(limit + " exceeded: more than " + max + " bytes");
        }
    }
}

package io.framewatch.wire.exposition;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What OpenMetrics 1.0 asks beyond syntax: names that do not clash, metadata before samples,
/// families and groups in one piece, time that does not go back, values that fit their type.
final class OpenMetricsRules implements FormatRules {

    private final Map<String, String> owners = new HashMap<>();
    private final Set<String> closedGroups = new HashSet<>();
    private String family = "";
    private MetricMetadata.Type type = MetricMetadata.Type.UNKNOWN;
    private boolean hasType;
    private boolean hasHelp;
    private boolean hasUnit;
    private boolean sampled;
    private String group = "";
    private @Nullable OpenMetricsGroup current;

    @Override
    public void type(String name, MetricMetadata.Type word, int line) {
        enter(name, hasType, line);
        hasType = true;
        type = word;
        for (String suffix : suffixes(word)) {
            own(name + suffix, name, line);
        }
        if (hasUnit) {
            checkUnit(line);
        }
    }

    @Override
    public void help(String name, int line) {
        enter(name, hasHelp, line);
        hasHelp = true;
    }

    @Override
    public void unit(String name, String unit, int line) {
        enter(name, hasUnit, line);
        hasUnit = !unit.isEmpty();
        if (hasUnit) {
            checkUnit(line);
        }
    }

    private void checkUnit(int line) {
        if (type == MetricMetadata.Type.INFO || type == MetricMetadata.Type.STATE_SET) {
            throw new ExpositionException(line, "a " + type.word() + " has no unit");
        }
    }

    private void enter(String name, boolean already, int line) {
        if (name.equals(family)) {
            if (already) {
                throw new ExpositionException(line, "the metadata of " + name + " is repeated");
            }
            if (sampled) {
                throw new ExpositionException(
                        line, "the metadata of " + name + " comes after its samples");
            }
            return;
        }
        open(name, line);
    }

    private void open(String name, int line) {
        closeGroup(line);
        family = name;
        type = MetricMetadata.Type.UNKNOWN;
        hasType = false;
        hasHelp = false;
        hasUnit = false;
        sampled = false;
        closedGroups.clear();
        group = "";
        own(name, name, line);
    }

    private void own(String name, String owner, int line) {
        String before = owners.putIfAbsent(name, owner);
        if (before != null
                && (!before.equals(owner) || name.equals(owner) && !family.equals(owner))) {
            throw new ExpositionException(
                    line, "the name " + name + " clashes with the family " + before);
        }
        if (before != null && name.equals(owner) && !hasType && !hasHelp && !hasUnit) {
            throw new ExpositionException(line, "the family " + owner + " is not in one piece");
        }
    }

    private static List<String> suffixes(MetricMetadata.Type type) {
        return switch (type) {
            case COUNTER -> List.of("_total", "_created");
            case SUMMARY -> List.of("_count", "_sum", "_created");
            case HISTOGRAM -> List.of("_count", "_sum", "_bucket", "_created");
            case GAUGE_HISTOGRAM -> List.of("_gcount", "_gsum", "_bucket");
            case INFO -> List.of("_info");
            case GAUGE, STATE_SET, UNKNOWN -> List.of();
        };
    }

    @Override
    public void sample(SampleView sample, int line) {
        Labels labels = sample.labels();
        String name = labels.metricName();
        String suffix = suffixOf(name);
        if (suffix == null) {
            open(name, line);
            suffix = "";
        }
        sampled = true;
        String key = groupOf(labels.withoutName());
        if (current == null || !key.equals(group)) {
            closeGroup(line);
            if (!closedGroups.add(key)) {
                throw new ExpositionException(line, "the samples of one group are not together");
            }
            group = key;
            current = new OpenMetricsGroup(family, type);
        }
        if (!sample.exemplars().isEmpty() && !takesExemplars(suffix)) {
            throw new ExpositionException(line, "an exemplar on " + name + ", which takes none");
        }
        current.add(suffix, labels, sample, line);
    }

    /// What the name adds to the family's, or null if it belongs to another family.
    private @Nullable String suffixOf(String name) {
        if (family.isEmpty() || !name.startsWith(family)) {
            return null;
        }
        String suffix = name.substring(family.length());
        boolean bare =
                switch (type) {
                    case GAUGE, STATE_SET, UNKNOWN, SUMMARY -> true;
                    case COUNTER, HISTOGRAM, GAUGE_HISTOGRAM, INFO -> false;
                };
        return suffix.isEmpty() && bare || suffixes(type).contains(suffix) ? suffix : null;
    }

    /// Samples of one group have the same labels, but for the one that the type gives them.
    private String groupOf(Labels labels) {
        return switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> labels.without("le").toString();
            case SUMMARY -> labels.without("quantile").toString();
            case STATE_SET -> labels.without(family).toString();
            case COUNTER, GAUGE, INFO, UNKNOWN -> labels.toString();
        };
    }

    private boolean takesExemplars(String suffix) {
        return switch (type) {
            case COUNTER -> suffix.equals("_total");
            case HISTOGRAM, GAUGE_HISTOGRAM -> suffix.equals("_bucket");
            case GAUGE, SUMMARY, INFO, STATE_SET, UNKNOWN -> false;
        };
    }

    private void closeGroup(int line) {
        if (current != null) {
            current.end(line);
            current = null;
        }
    }

    @Override
    public void end(boolean complete, int line) {
        closeGroup(line);
    }
}

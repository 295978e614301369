package io.framewatch.ingest.collect;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.store.MetricAppender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects the samples of one reading and remembers series from one to the next. Not thread safe.
final class HostReading {

    private static final class Known {
        private final Series series;
        private long seen;

        private Known(Series series) {
            this.series = series;
        }
    }

    private final MetricAppender appender;
    private final HostOptions options;
    private final Map<String, Known> known = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private final List<MetricMetadata> newFamilies = new ArrayList<>();
    private final StringBuilder key = new StringBuilder();
    private final SampleBatch batch;
    private long reading;
    private long timestampMs;

    HostReading(MetricAppender appender, HostOptions options) {
        this.appender = appender;
        this.options = options;
        this.batch = new SampleBatch(options.tenant(), 1024);
    }

    void begin(long atMs) {
        reading++;
        timestampMs = atMs;
        batch.clear();
        newFamilies.clear();
    }

    /// A number that only grows.
    void counter(String name, double value, String... labels) {
        add(name, MetricMetadata.Type.COUNTER, value, labels);
    }

    /// A number that goes up and down.
    void gauge(String name, double value, String... labels) {
        add(name, MetricMetadata.Type.GAUGE, value, labels);
    }

    /// A number whose direction the kernel does not say.
    void untyped(String name, double value, String... labels) {
        add(name, MetricMetadata.Type.UNKNOWN, value, labels);
    }

    private void add(String name, MetricMetadata.Type type, double value, String... labels) {
        key.setLength(0);
        key.append(name);
        for (String label : labels) {
            key.append('\0').append(label);
        }
        Known entry = known.get(key.toString());
        if (entry == null) {
            entry = new Known(appender.series(options.tenant(), labels(name, labels)));
            known.put(key.toString(), entry);
            if (families.add(name)) {
                newFamilies.add(new MetricMetadata(name, type, "", ""));
            }
        }
        if (entry.seen == reading) {
            return;
        }
        entry.seen = reading;
        batch.add(entry.series, timestampMs, value);
    }

    private Labels labels(String name, String... labels) {
        Labels.Builder builder = options.labels().toBuilder().set(Labels.NAME, name);
        for (int i = 0; i < labels.length; i += 2) {
            builder.set(labels[i], labels[i + 1]);
        }
        return builder.build();
    }

    /// Marks what is gone as stale and appends everything.
    void end() {
        Iterator<Known> all = known.values().iterator();
        while (all.hasNext()) {
            Known entry = all.next();
            if (entry.seen != reading) {
                batch.add(entry.series, timestampMs, StaleNaN.VALUE);
                all.remove();
            }
        }
        appender.append(batch);
        if (!newFamilies.isEmpty()) {
            appender.metadata(options.tenant(), List.copyOf(newFamilies));
        }
    }
}

package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/// A counter with labels. Callers pass values from small closed sets; beyond [#SERIES_MAX]
/// combinations new ones are counted together under `other`. Thread safe.
public final class Counters implements Meters.Family {

    /// Most label combinations of one counter.
    public static final int SERIES_MAX = 2_000;

    private final MetricMetadata metadata;
    private final String[] labelNames;
    private final Map<List<String>, DoubleAdder> counts = new ConcurrentHashMap<>();

    Counters(String name, String help, String... labelNames) {
        this.metadata = Meters.metadata(name, MetricMetadata.Type.COUNTER, help);
        this.labelNames = labelNames.clone();
        if (labelNames.length == 0) {
            counts.put(List.of(), new DoubleAdder());
        }
    }

    /// Counts one more.
    public void increment(String... labelValues) {
        add(1, labelValues);
    }

    /// Counts `amount` more.
    public void add(double amount, String... labelValues) {
        List<String> key = List.of(labelValues);
        DoubleAdder count = counts.get(key);
        if (count == null) {
            List<String> bounded =
                    counts.size() < SERIES_MAX ? key : key.stream().map(_ -> "other").toList();
            count = counts.computeIfAbsent(bounded, _ -> new DoubleAdder());
        }
        count.add(amount);
    }

    @Override
    public MetricMetadata metadata() {
        return metadata;
    }

    @Override
    public void collect(Meters.Sink sink) {
        counts.forEach((values, count) ->
                sink.sample(metadata.family(), labels(labelNames, values), count.sum()));
    }

    static Labels labels(String[] names, List<String> values) {
        Labels.Builder labels = Labels.EMPTY.toBuilder();
        for (int i = 0; i < names.length; i++) {
            labels.set(names[i], values.get(i));
        }
        return labels.build();
    }
}

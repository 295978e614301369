package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// A histogram of durations in seconds, with labels, classic buckets. Thread safe.
public final class Durations implements Meters.Family {

    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };
    private static final String[] BOUND_TEXTS = {
        "0.001", "0.0025", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5",
        "10", "30", "+Inf"
    };

    private final MetricMetadata metadata;
    private final String[] labelNames;
    private final Map<List<String>, Cells> cells = new ConcurrentHashMap<>();

    private record Cells(LongAdder[] buckets, DoubleAdder sum) {

        static Cells empty() {
            LongAdder[] buckets = new LongAdder[BOUND_TEXTS.length];
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] = new LongAdder();
            }
            return new Cells(buckets, new DoubleAdder());
        }
    }

    Durations(String name, String help, String... labelNames) {
        this.metadata = Meters.metadata(name, MetricMetadata.Type.HISTOGRAM, help);
        this.labelNames = labelNames.clone();
    }

    /// Notes a duration, nanoseconds.
    public void observeNs(long durationNs, String... labelValues) {
        List<String> key = List.of(labelValues);
        Cells cell = cells.get(key);
        if (cell == null) {
            List<String> bounded =
                    cells.size() < Counters.SERIES_MAX
                            ? key
                            : key.stream().map(_ -> "other").toList();
            cell = cells.computeIfAbsent(bounded, _ -> Cells.empty());
        }
        double seconds = durationNs / 1e9;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        cell.buckets[bucket].increment();
        cell.sum.add(seconds);
    }

    @Override
    public MetricMetadata metadata() {
        return metadata;
    }

    @Override
    public void collect(Meters.Sink sink) {
        cells.forEach((values, cell) -> collect(sink, Counters.labels(labelNames, values), cell));
    }

    private void collect(Meters.Sink sink, Labels labels, Cells cell) {
        String name = metadata.family();
        long count = 0;
        for (int i = 0; i < BOUND_TEXTS.length; i++) {
            count += cell.buckets[i].sum();
            sink.sample(name + "_bucket", labels.with("le", BOUND_TEXTS[i]), (double) count);
        }
        sink.sample(name + "_sum", labels, cell.sum.sum());
        sink.sample(name + "_count", labels, (double) count);
    }
}

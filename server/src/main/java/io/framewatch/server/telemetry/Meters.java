package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// All metrics of the process, in the order they were made. Thread safe.
public final class Meters {

    private final List<Family> families = new CopyOnWriteArrayList<>();

    /// A metric that can be read.
    interface Family {
        MetricMetadata metadata();

        void collect(Sink sink);
    }

    /// Takes the samples of one reading.
    public interface Sink {

        /// A family begins; its samples follow.
        void family(MetricMetadata family);

        /// One sample.
        ///
        /// @param name metric name, with `_total`, `_bucket` and their like
        /// @param labels without the metric name
        void sample(String name, Labels labels, double value);
    }

    /// A new counter; `name` ends with `_total`.
    public Counters counter(String name, String help, String... labelNames) {
        return add(new Counters(name, help, labelNames));
    }

    /// A new histogram of seconds with the usual buckets.
    public Durations histogram(String name, String help, String... labelNames) {
        return add(new Durations(name, help, labelNames));
    }

    /// A gauge that is read when somebody asks.
    public void gauge(String name, String help, DoubleSupplier value) {
        read(
                name,
                MetricMetadata.Type.GAUGE,
                help,
                sink -> sink.sample(name, Labels.EMPTY, value.getAsDouble()));
    }

    /// A counter that is kept elsewhere and read when somebody asks; `name` ends with `_total`.
    public void counted(String name, String help, DoubleSupplier value) {
        read(
                name,
                MetricMetadata.Type.COUNTER,
                help,
                sink -> sink.sample(name, Labels.EMPTY, value.getAsDouble()));
    }

    /// A family whose samples are made when somebody asks.
    public void read(String name, MetricMetadata.Type type, String help, Consumer<Sink> samples) {
        MetricMetadata metadata = metadata(name, type, help);
        add(
                new Family() {
                    @Override
                    public MetricMetadata metadata() {
                        return metadata;
                    }

                    @Override
                    public void collect(Sink sink) {
                        samples.accept(sink);
                    }
                });
    }

    private <T extends Family> T add(T family) {
        families.add(family);
        return family;
    }

    static MetricMetadata metadata(String name, MetricMetadata.Type type, String help) {
        String unit =
                name.contains("_seconds") ? "seconds" : name.contains("_bytes") ? "bytes" : "";
        return new MetricMetadata(name, type, help, unit);
    }

    /// Reads every metric once.
    public void collect(Sink sink) {
        for (Family family : families) {
            sink.family(family.metadata());
            family.collect(sink);
        }
    }
}

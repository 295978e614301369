package io.framewatch.query.promql.engine;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.StaleNaN;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricStore;
import java.util.List;
import java.util.Random;

/// Random series, from a seed. Times are those of scrapes: a fixed interval with jitter, with gaps
/// and stale markers.
final class RandomMetrics {

    static final long BASE_MS = 1_800_000_000_000L;
    static final long SPAN_MS = 2 * 3_600_000L;

    /// Names of floats; of `odd`, some are infinite, no numbers, or native histograms.
    static final List<String> FLOATS =
            List.of("requests_total", "errors_total", "temperature", "queue_length", "odd");

    /// Native histograms that count, a gauge of them, and one with custom bounds.
    static final List<String> HISTOGRAMS = List.of("sizes", "spread", "custom");

    /// The buckets of a classic histogram.
    static final String BUCKETS = "latency_bucket";

    private static final List<String> BOUNDS = List.of("0.1", "0.5", "2", "+Inf");
    private final Random random;

    RandomMetrics(long seed) {
        this.random = new Random(seed);
    }

    /// One of these.
    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Appends series of all names to every store, the same to each.
    void load(List<MetricStore> stores, Tenant tenant) {
        for (String name : FLOATS) {
            int series = 1 + random.nextInt(5);
            for (int i = 0; i < series; i++) {
                Labels labels = Labels.of("__name__", name, "host", "h" + i, "zone", "z" + i % 2);
                append(stores, labels, samples(name, labels, tenant));
            }
        }
        for (String name : HISTOGRAMS) {
            int series = 1 + random.nextInt(3);
            for (int i = 0; i < series; i++) {
                Labels labels = Labels.of("__name__", name, "host", "h" + i, "zone", "z" + i % 2);
                append(stores, labels, histograms(name, labels, tenant));
            }
        }
        for (int host = 0; host < 2; host++) {
            for (String bound : BOUNDS) {
                Labels labels =
                        Labels.of(
                                "__name__", BUCKETS, "host", "h" + host, "le", bound, "zone", "z0");
                append(stores, labels, samples("requests_total", labels, tenant));
            }
        }
    }

    private static void append(List<MetricStore> stores, Labels labels, SampleBatch batch) {
        for (MetricStore store : stores) {
            Series handle = store.series(batch.tenant(), labels);
            SampleBatch own = new SampleBatch(batch.tenant(), Math.max(1, batch.size()));
            for (int row = 0; row < batch.size(); row++) {
                NativeHistogram histogram = batch.histogram(row);
                if (histogram == null) {
                    own.add(handle, batch.timestampMs(row), batch.value(row));
                } else {
                    own.add(handle, batch.timestampMs(row), histogram);
                }
                own.startTimestampMs(batch.startTimestampMs(row));
            }
            store.append(own);
        }
    }

    private SampleBatch histograms(String name, Labels labels, Tenant tenant) {
        SampleBatch batch = new SampleBatch(tenant, 1024);
        Series any = new Series(tenant, 1, labels);
        double[] buckets = new double[4];
        boolean started = random.nextInt(3) == 0;
        long time = BASE_MS + random.nextInt(600_000);
        long begunMs = time - random.nextInt(900_000);
        while (time < BASE_MS + SPAN_MS) {
            boolean gauge = name.equals("spread");
            if (gauge || random.nextInt(40) == 0) {
                buckets = new double[4]; // a counter that begins again
                begunMs = time - random.nextInt(60_000);
            }
            for (int i = 0; i < buckets.length; i++) {
                buckets[i] += random.nextInt(10);
            }
            if (random.nextInt(60) == 0) {
                batch.add(any, time, StaleNaN.VALUE);
                time += random.nextInt(900_000);
            } else {
                batch.add(any, time, counted(name, gauge, buckets.clone()));
                start(batch, started, begunMs);
            }
            time += 60_000;
        }
        return batch;
    }

    /// Tells, if the series is one that does, when its counter began; now and then nobody knows.
    private void start(SampleBatch batch, boolean started, long begunMs) {
        if (started && random.nextInt(30) > 0) {
            batch.startTimestampMs(begunMs);
        }
    }

    private NativeHistogram counted(String name, boolean gauge, double[] buckets) {
        double count = 0;
        for (double bucket : buckets) {
            count += bucket;
        }
        boolean custom = name.equals("custom");
        return new NativeHistogram(
                gauge ? ResetHint.GAUGE : ResetHint.UNKNOWN,
                custom ? NativeHistogram.CUSTOM_BUCKETS : random.nextInt(10) == 0 ? 1 : 0,
                custom ? 0 : 0.001,
                0,
                count,
                count * 2.5,
                new NativeHistogram.Span[] {new NativeHistogram.Span(0, buckets.length)},
                buckets,
                new NativeHistogram.Span[0],
                new double[0],
                custom ? new double[] {1, 2, 5} : new double[0]);
    }

    private SampleBatch samples(String name, Labels labels, Tenant tenant) {
        SampleBatch batch = new SampleBatch(tenant, 1024);
        Series any = new Series(tenant, 1, labels);
        long intervalMs = one(List.of(5_000L, 15_000L, 60_000L));
        double value = random.nextInt(1000);
        boolean started = random.nextInt(3) == 0;
        long begunMs = BASE_MS - random.nextInt(900_000);
        boolean histograms = name.equals("odd") && random.nextInt(3) == 0;
        long time = BASE_MS + random.nextInt(600_000);
        while (time < BASE_MS + SPAN_MS) {
            double before = value;
            value = next(name, value);
            long jittered = time + random.nextInt(200);
            begunMs = value < before ? jittered - random.nextInt(10_000) : begunMs;
            if (random.nextInt(100) == 0) {
                batch.add(any, jittered, StaleNaN.VALUE);
                time += random.nextInt(900_000);
            } else if (histograms && random.nextInt(4) == 0) {
                batch.add(any, jittered, histogram());
            } else {
                batch.add(any, jittered, value);
                start(batch, started, begunMs);
            }
            time += intervalMs;
        }
        return batch;
    }

    private double next(String name, double value) {
        return switch (name) {
            case "requests_total", "errors_total" ->
                    random.nextInt(80) == 0 ? random.nextInt(5) : value + random.nextInt(100);
            case "temperature" -> Math.round((value + random.nextGaussian()) * 10) / 10.0;
            case "queue_length" -> random.nextInt(50);
            default ->
                    switch (random.nextInt(12)) {
                        case 0 -> Double.NaN;
                        case 1 -> Double.POSITIVE_INFINITY;
                        case 2 -> -0.0;
                        case 3 -> 1e-300;
                        default -> random.nextDouble() * 1e6;
                    };
        };
    }

    private NativeHistogram histogram() {
        double count = 1 + random.nextInt(20);
        return new NativeHistogram(
                ResetHint.UNKNOWN,
                0,
                0.001,
                0,
                count,
                count * 1.5,
                new NativeHistogram.Span[] {new NativeHistogram.Span(0, 1)},
                new double[] {count},
                new NativeHistogram.Span[0],
                new double[0],
                new double[0]);
    }

    /// Start of a range query, Unix milliseconds: also before and after the samples.
    long startMs() {
        return BASE_MS - 600_000 + random.nextInt((int) SPAN_MS);
    }

    long stepMs() {
        return one(List.of(1_000L, 15_000L, 60_000L, 61_001L, 600_000L));
    }

    int steps() {
        return 1 + random.nextInt(120);
    }
}

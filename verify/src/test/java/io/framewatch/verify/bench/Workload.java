package io.framewatch.verify.bench;

import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricStore;
import java.util.function.LongConsumer;

/// Metrics of a video platform, made from numbers alone, so that every store measured is given the
/// same samples: of ten series four are buckets of a histogram, four are counters and two gauges.
///
/// @param series how many, a multiple of 100
/// @param steps samples of each
/// @param stepMs between two of them, milliseconds
/// @param endMs time of the newest, Unix milliseconds
record Workload(int series, int steps, long stepMs, long endMs) {

    /// Upper bounds of the histogram's buckets.
    static final String[] BOUNDS = {
        "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "+Inf"
    };

    private static final String[] STAGES = {"ingest", "decode", "detect", "package"};
    private static final String[] SITES = {"berlin", "lagos", "lima", "oslo", "pune"};

    /// 10,000 series over six hours, a sample every 15 s, up to `endMs`.
    static Workload sixHours(long endMs) {
        return new Workload(10_000, 6 * 240, 15_000, endMs);
    }

    long startMs() {
        return endMs - (steps - 1) * stepMs;
    }

    long samples() {
        return (long) series * steps;
    }

    /// Labels of a series, metric name included.
    Labels labels(int number) {
        int kind = number % 10;
        int camera = number / 10;
        if (kind < 4) {
            int bucket = number / 10 * 4 + kind;
            int source = bucket / BOUNDS.length;
            return Labels.of(
                    "__name__",
                    "frame_latency_seconds_bucket",
                    "camera",
                    "cam-" + source,
                    "le",
                    BOUNDS[bucket % BOUNDS.length],
                    "site",
                    SITES[source % SITES.length]);
        }
        return kind < 8
                ? Labels.of(
                        "__name__",
                        "frames_total",
                        "camera",
                        "cam-" + camera,
                        "site",
                        SITES[camera % SITES.length],
                        "stage",
                        STAGES[kind - 4])
                : Labels.of(
                        "__name__",
                        kind == 8 ? "buffer_fill_ratio" : "queue_length",
                        "camera",
                        "cam-" + camera,
                        "site",
                        SITES[camera % SITES.length]);
    }

    /// Value of a series at a step. Counters grow by whole numbers, queue lengths are whole
    /// numbers, fill ratios have many digits.
    double value(int number, int step) {
        int kind = number % 10;
        long noise = mixed(number * 0x9E3779B97F4A7C15L + step) >>> 1;
        if (kind < 4) {
            int bucket = number / 10 * 4 + kind;
            int place = bucket % BOUNDS.length + 1;
            // Neighbouring buckets share their noise, so that a bucket holds those below it.
            long shared = mixed(bucket / BOUNDS.length * 31L + step) >>> 1;
            return (long) step * place * 7 + shared % 7 * place;
        }
        if (kind < 8) {
            return 375L * step + noise % 375;
        }
        return kind == 8 ? (noise % 1_000_003) / 1_000_003.0 : noise % 50;
    }

    /// The finalizer of the SplitMix64 generator.
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// Appends everything to a store, as scrapes would: step after step. `now` is told the time of
    /// each step first.
    void load(MetricStore store, LongConsumer now) {
        Series[] handles = new Series[series];
        for (int i = 0; i < series; i++) {
            handles[i] = store.series(Tenant.DEFAULT, labels(i));
        }
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, series);
        for (int step = 0; step < steps; step++) {
            long time = startMs() + step * stepMs;
            now.accept(time);
            batch.clear();
            for (int i = 0; i < series; i++) {
                batch.add(handles[i], time, value(i, step));
            }
            store.append(batch);
        }
    }
}

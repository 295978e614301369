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

/// Random series and expressions over them, from a seed. Times are those of scrapes: a fixed
/// interval with jitter, with gaps and stale markers.
final class RandomMetrics {

    /// An expression, and whether its values are whole numbers that no order of adding can change.
    record Question(String text, boolean exact) {}

    static final long BASE_MS = 1_800_000_000_000L;
    static final long SPAN_MS = 2 * 3_600_000L;

    private static final List<String> NAMES =
            List.of("requests_total", "errors_total", "temperature", "queue_length", "odd");
    private static final List<String> RATES =
            List.of("rate", "increase", "delta", "irate", "idelta");
    private static final List<String> WHOLE =
            List.of("changes", "resets", "count_over_time", "present_over_time");
    private static final List<String> OVER_TIME =
            List.of(
                    "sum_over_time",
                    "avg_over_time",
                    "min_over_time",
                    "max_over_time",
                    "last_over_time",
                    "stddev_over_time",
                    "deriv");
    private static final List<String> WINDOWS = List.of("30s", "1m", "5m", "17m", "1h");
    private static final List<String> OFFSETS =
            List.of("", "", "", " offset 7m", " offset -90s", " @ " + (BASE_MS / 1000 + 3000));

    private final Random random;

    RandomMetrics(long seed) {
        this.random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Appends series of all names to every store, the same to each.
    void load(List<MetricStore> stores, Tenant tenant) {
        for (String name : NAMES) {
            int series = 1 + random.nextInt(5);
            for (int i = 0; i < series; i++) {
                Labels labels = Labels.of("__name__", name, "host", "h" + i, "zone", "z" + i % 2);
                SampleBatch batch = samples(name, labels, tenant);
                for (MetricStore store : stores) {
                    Series handle = store.series(tenant, labels);
                    SampleBatch own = new SampleBatch(tenant, Math.max(1, batch.size()));
                    for (int row = 0; row < batch.size(); row++) {
                        NativeHistogram histogram = batch.histogram(row);
                        if (histogram == null) {
                            own.add(handle, batch.timestampMs(row), batch.value(row));
                        } else {
                            own.add(handle, batch.timestampMs(row), histogram);
                        }
                    }
                    store.append(own);
                }
            }
        }
    }

    private SampleBatch samples(String name, Labels labels, Tenant tenant) {
        SampleBatch batch = new SampleBatch(tenant, 1024);
        Series any = new Series(tenant, 1, labels);
        long intervalMs = one(List.of(5_000L, 15_000L, 60_000L));
        double value = random.nextInt(1000);
        boolean histograms = name.equals("odd") && random.nextInt(3) == 0;
        long time = BASE_MS + random.nextInt(600_000);
        while (time < BASE_MS + SPAN_MS) {
            value = next(name, value);
            long jittered = time + random.nextInt(200);
            if (random.nextInt(100) == 0) {
                batch.add(any, jittered, StaleNaN.VALUE);
                time += random.nextInt(900_000);
            } else if (histograms && random.nextInt(4) == 0) {
                batch.add(any, jittered, histogram());
            } else {
                batch.add(any, jittered, value);
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

    /// A question whose leaves may lie anywhere in the samples.
    Question question() {
        Question leaf = leaf();
        return switch (random.nextInt(6)) {
            case 0, 1 -> leaf;
            case 2 -> around(one(List.of("sum", "max", "count")) + " by (zone) (", leaf, ")");
            case 3 -> around("topk(2, ", leaf, ")");
            case 4 ->
                    new Question(
                            one(List.of("max_over_time", "sum_over_time"))
                                    + "("
                                    + leaf.text()
                                    + "[10m:1m])",
                            leaf.exact());
            default ->
                    new Question(
                            leaf.text() + " * on (host) group_left () " + unique(leaf()), false);
        };
    }

    private static Question around(String before, Question leaf, String after) {
        return new Question(before + leaf.text() + after, leaf.exact());
    }

    private static String unique(Question leaf) {
        return "max by (host) (" + leaf.text() + ")";
    }

    private Question leaf() {
        String selector = one(NAMES) + one(List.of("", "{zone=\"z0\"}", "{host=~\"h[0-2]\"}"));
        boolean odd = selector.startsWith("odd");
        String ranged = selector + "[" + one(WINDOWS) + "]" + one(OFFSETS);
        return switch (random.nextInt(5)) {
            case 0 -> new Question(selector + one(OFFSETS), !odd);
            case 1 -> new Question(one(WHOLE) + "(" + ranged + ")", true);
            case 2 -> new Question(one(OVER_TIME) + "(" + ranged + ")", false);
            default -> new Question(one(RATES) + "(" + ranged + ")", false);
        };
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

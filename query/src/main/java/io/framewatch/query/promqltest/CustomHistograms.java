package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.NativeHistogram.ResetHint;
import io.framewatch.model.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Makes native histograms with custom buckets out of classic ones.
final class CustomHistograms {

    private static final String BUCKET = "_bucket";
    private static final String COUNT = "_count";
    private static final String SUM = "_sum";

    private CustomHistograms() {}

    /// One classic histogram: cumulative counts by upper bound, count and sum.
    private static final class Classic {
        private final TreeMap<Double, List<Point>> buckets = new TreeMap<>();
        private List<Point> counts = List.of();
        private List<Point> sums = List.of();

        int length() {
            int length = 0;
            for (List<Point> points : buckets.values()) {
                length = Math.max(length, points.size());
            }
            return length;
        }
    }

    static Map<Labels, List<Point>> of(Map<Labels, List<Point>> series) {
        Map<Labels, Classic> all = new LinkedHashMap<>();
        series.forEach((labels, points) -> {
            String name = labels.metricName();
            if (name.endsWith(BUCKET) && labels.has("le")) {
                at(all, labels.without("le"), BUCKET).buckets.put(bound(labels.get("le")), points);
            } else if (name.endsWith(COUNT)) {
                at(all, labels, COUNT).counts = points;
            } else if (name.endsWith(SUM)) {
                at(all, labels, SUM).sums = points;
            }
        });
        Map<Labels, List<Point>> result = new LinkedHashMap<>();
        all.forEach((labels, classic) -> {
            if (!classic.buckets.isEmpty()) {
                result.put(labels, points(classic));
            }
        });
        return result;
    }

    private static double bound(String le) {
        return le.toLowerCase(Locale.ROOT).endsWith("inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(le);
    }

    private static Classic at(Map<Labels, Classic> all, Labels labels, String suffix) {
        String name = labels.metricName();
        String base = name.substring(0, name.length() - suffix.length());
        return all.computeIfAbsent(labels.with(Labels.NAME, base), _ -> new Classic());
    }

    private static List<Point> points(Classic classic) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < classic.length(); i++) {
            points.add(point(classic, i));
        }
        return points;
    }

    private static Point point(Classic classic, int index) {
        List<Double> bounds = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        double before = 0;
        for (Map.Entry<Double, List<Point>> bucket : classic.buckets.entrySet()) {
            if (!has(bucket.getValue(), index)) {
                return Point.GAP;
            }
            double cumulative = bucket.getValue().get(index).value();
            if (bucket.getKey() != Double.POSITIVE_INFINITY) {
                bounds.add(bucket.getKey());
            }
            counts.add(cumulative - before);
            before = cumulative;
        }
        double count = has(classic.counts, index) ? classic.counts.get(index).value() : before;
        boolean infinite = classic.buckets.containsKey(Double.POSITIVE_INFINITY);
        if (!infinite) {
            counts.add(count - before);
        }
        double sum = has(classic.sums, index) ? classic.sums.get(index).value() : 0;
        double[] buckets = array(counts);
        return Point.of(
                new NativeHistogram(
                        ResetHint.UNKNOWN,
                        NativeHistogram.CUSTOM_BUCKETS,
                        0,
                        0,
                        count,
                        sum,
                        new Span[] {new Span(0, buckets.length)},
                        buckets,
                        new Span[0],
                        new double[0],
                        array(bounds)),
                false);
    }

    private static boolean has(List<Point> points, int index) {
        return index < points.size() && points.get(index).present();
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}

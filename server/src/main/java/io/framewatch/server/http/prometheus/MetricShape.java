package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.index.IdSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which labels make one metric large, over the last hour.
///
/// @param metric its name
/// @param series how many it has
/// @param labels its labels, the one that multiplies most first
record MetricShape(String metric, int series, List<Label> labels) {

    private static final long FNV_PRIME = 0x100000001b3L;

    /// A label of the metric.
    ///
    /// @param name its name
    /// @param values how many values it has
    /// @param top series by value, of the largest values; series without the label are not in it
    /// @param without how many series would be left if the label were not there
    record Label(String name, int values, Largest top, int without) {}

    /// @param limit how many values of a label are told
    static MetricShape of(
            MetricSelect select, Tenant tenant, String metric, long nowMs, int limit) {
        List<Labels> all =
                select.seriesInMemory(
                        tenant,
                        List.of(Matcher.equal(Labels.NAME, metric)),
                        Cardinality.lastHour(select, tenant, nowMs));
        Set<String> names = new HashSet<>();
        all.forEach(labels -> labels.forEach((name, _) -> names.add(name)));
        names.remove(Labels.NAME);
        long[] sums = all.stream().mapToLong(MetricShape::sum).toArray();
        List<Label> labels = new ArrayList<>();
        for (String name : names) {
            labels.add(label(all, sums, name, limit));
        }
        labels.sort(Comparator.comparingInt(Label::without).thenComparing(Label::name));
        return new MetricShape(metric, all.size(), labels);
    }

    /// One label after the other, so that only the values of one are in memory at a time.
    private static Label label(List<Labels> all, long[] sums, String name, int limit) {
        Map<String, Value> values = new HashMap<>();
        IdSet without = new IdSet();
        for (int i = 0; i < sums.length; i++) {
            String value = all.get(i).get(name);
            long rest = sums[i];
            if (!value.isEmpty()) {
                Value known = values.computeIfAbsent(value, text -> new Value(hash(name, text)));
                known.series++;
                rest -= known.hash;
            }
            without.add(rest);
        }
        Largest top = new Largest(limit);
        values.forEach((value, known) -> top.add(value, known.series));
        return new Label(name, values.size(), top, without.size());
    }

    /// A value of a label.
    private static final class Value {

        private final long hash;
        private int series;

        Value(long hash) {
            this.hash = hash;
        }
    }

    /// Stands for a series' labels in whatever order, so that one can be taken out again; two of a
    /// million series share one with a chance of one in ten million.
    private static long sum(Labels labels) {
        long sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            sum += hash(labels.nameAt(i), labels.valueAt(i));
        }
        return sum;
    }

    /// FNV-1a over both texts, mixed once more so that sums of it do not cancel out.
    private static long hash(String name, String value) {
        long hash = fnv(fnv(0xcbf29ce484222325L, name) * FNV_PRIME, value);
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }

    private static long fnv(long hash, String text) {
        long all = hash;
        for (int i = 0; i < text.length(); i++) {
            all = (all ^ text.charAt(i)) * FNV_PRIME;
        }
        return all;
    }

    void write(JsonOut out) {
        out.raw("{\"metric\":").text(metric);
        out.raw(",\"series\":").number(series).raw(",\"labels\":[");
        String comma = "";
        for (Label label : labels) {
            out.raw(comma).raw("{\"name\":").text(label.name());
            out.raw(",\"values\":").number(label.values());
            out.raw(",\"seriesWithout\":").number(label.without());
            out.raw(",\"top\":");
            label.top().write(out);
            out.raw('}');
            comma = ",";
        }
        out.raw("]}");
    }
}

package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

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
    /// @param values series by value; series without the label are not in it
    /// @param without how many series would be left if the label were not there
    record Label(String name, Map<String, Long> values, int without) {}

    static MetricShape of(MetricSelect select, Tenant tenant, String metric, long nowMs) {
        List<Labels> all =
                select.series(
                        tenant,
                        List.of(Matcher.equal(Labels.NAME, metric)),
                        Cardinality.lastHour(select, tenant, nowMs),
                        Cardinality.IN_MEMORY);
        Set<String> names = new TreeSet<>();
        all.forEach(labels -> labels.forEach((name, _) -> names.add(name)));
        names.remove(Labels.NAME);
        long[] sums = all.stream().mapToLong(MetricShape::sum).toArray();
        List<Label> labels = new ArrayList<>();
        for (String name : names) {
            labels.add(label(all, sums, name));
        }
        labels.sort(Comparator.comparingInt(Label::without).thenComparing(Label::name));
        return new MetricShape(metric, all.size(), labels);
    }

    private static Label label(List<Labels> all, long[] sums, String name) {
        Map<String, Long> values = new HashMap<>();
        Set<Long> without = new HashSet<>();
        for (int i = 0; i < sums.length; i++) {
            Labels labels = all.get(i);
            long rest = sums[i];
            if (labels.has(name)) {
                String value = labels.get(name);
                values.merge(value, 1L, Long::sum);
                rest -= hash(name, value);
            }
            without.add(rest);
        }
        return new Label(name, values, without.size());
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

    void write(JsonOut out, int limit) {
        out.raw("{\"metric\":").text(metric);
        out.raw(",\"series\":").number(series).raw(",\"labels\":[");
        String comma = "";
        for (Label label : labels) {
            out.raw(comma).raw("{\"name\":").text(label.name());
            out.raw(",\"values\":").number(label.values().size());
            out.raw(",\"seriesWithout\":").number(label.without());
            out.raw(",\"top\":");
            Cardinality.top(out, label.values(), limit);
            out.raw('}');
            comma = ",";
        }
        out.raw("]}");
    }
}

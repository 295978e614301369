package io.framewatch.server.http.prometheus;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
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
                        SelectLimits.DEFAULT);
        Set<String> names = new TreeSet<>();
        all.forEach(labels -> labels.forEach((name, _) -> names.add(name)));
        names.remove(Labels.NAME);
        List<Label> labels = new ArrayList<>();
        for (String name : names) {
            labels.add(label(all, name));
        }
        labels.sort(Comparator.comparingInt(Label::without).thenComparing(Label::name));
        return new MetricShape(metric, all.size(), labels);
    }

    private static Label label(List<Labels> all, String name) {
        Map<String, Long> values = new HashMap<>();
        Set<Labels> without = new HashSet<>();
        for (Labels labels : all) {
            if (labels.has(name)) {
                values.merge(labels.get(name), 1L, Long::sum);
                without.add(labels.toBuilder().remove(name).build());
            } else {
                without.add(labels);
            }
        }
        return new Label(name, values, without.size());
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

package io.framewatch.server.http.prometheus;

import io.framewatch.model.Clock;
import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.server.http.JsonOut;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// `series`, `labels`, `label/{name}/values` and `metadata`.
final class SeriesCalls {

    /// How far back these look when no start is given. Prometheus looks at all it has; here a day
    /// wider than any dashboard's default keeps an idle question cheap, milliseconds.
    private static final long DEFAULT_RANGE_MS = 7 * 86_400_000L;

    private final MetricSelect select;
    private final Function<Tenant, SelectLimits> limits;
    private final Clock clock;

    SeriesCalls(MetricSelect select, Function<Tenant, SelectLimits> limits, Clock clock) {
        this.select = select;
        this.limits = limits;
        this.clock = clock;
    }

    ApiAnswer series(Tenant tenant, ApiRequest request) {
        List<List<Matcher>> matches = matches(request);
        if (matches.isEmpty()) {
            throw ApiRequest.bad("no match[] parameter provided");
        }
        TimeRange range = range(request);
        int limit = request.limit();
        TreeSet<Labels> found = new TreeSet<>();
        for (List<Matcher> matchers : matches) {
            found.addAll(select.series(tenant, matchers, range, limits.apply(tenant)));
        }
        List<Labels> all = new ArrayList<>(found);
        List<Labels> cut = ApiAnswer.cut(all, limit);
        return new ApiAnswer(out -> list(out, cut), ApiAnswer.cutWarning(all, limit), List.of());
    }

    private static void list(JsonOut out, List<Labels> series) {
        out.raw('[');
        for (int i = 0; i < series.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            ResultJson.labels(out, series.get(i));
        }
        out.raw(']');
    }

    ApiAnswer labelNames(Tenant tenant, ApiRequest request) {
        TimeRange range = range(request);
        TreeSet<String> names = new TreeSet<>();
        for (List<Matcher> matchers : matchesOrAll(request)) {
            names.addAll(select.labelNames(tenant, matchers, range, limits.apply(tenant)));
        }
        return ApiAnswer.texts(List.copyOf(names), request.limit());
    }

    ApiAnswer labelValues(Tenant tenant, String name, ApiRequest request) {
        String plain = LabelNames.unescape(name);
        if (plain.isEmpty()) {
            throw ApiRequest.bad("invalid label name: \"" + name + "\"");
        }
        TimeRange range = range(request);
        TreeSet<String> values = new TreeSet<>();
        for (List<Matcher> matchers : matchesOrAll(request)) {
            values.addAll(select.labelValues(tenant, plain, matchers, range, limits.apply(tenant)));
        }
        return ApiAnswer.texts(List.copyOf(values), request.limit());
    }

    ApiAnswer metadata(Tenant tenant, ApiRequest request) {
        String metric = request.text("metric");
        int limit = request.limit();
        Map<String, MetricMetadata> known = new TreeMap<>(select.metadata(tenant));
        if (!metric.isEmpty()) {
            known.keySet().retainAll(List.of(metric));
        }
        return ApiAnswer.of(out -> metadata(out, known, limit));
    }

    private static void metadata(JsonOut out, Map<String, MetricMetadata> known, int limit) {
        out.raw('{');
        int count = 0;
        for (MetricMetadata family : known.values()) {
            if (limit > 0 && count == limit) {
                break;
            }
            if (count++ > 0) {
                out.raw(',');
            }
            out.text(family.family()).raw(":[{\"type\":").text(family.type().word());
            out.raw(",\"help\":").text(family.help());
            out.raw(",\"unit\":").text(family.unit()).raw("}]");
        }
        out.raw('}');
    }

    ApiAnswer exemplars(Tenant tenant, ApiRequest request) {
        List<List<Matcher>> selected = Selectors.inside(request.text("query"));
        TimeRange range = range(request);
        Map<Labels, List<Exemplar>> found = new TreeMap<>();
        for (List<Matcher> matchers : selected) {
            Map<Series, List<Exemplar>> some = select.exemplars(tenant, matchers, range);
            some.forEach((series, list) -> found.putIfAbsent(series.labels(), list));
        }
        return ApiAnswer.of(out -> exemplars(out, found));
    }

    private static void exemplars(JsonOut out, Map<Labels, List<Exemplar>> found) {
        out.raw('[');
        String comma = "";
        for (Map.Entry<Labels, List<Exemplar>> series : found.entrySet()) {
            out.raw(comma).raw("{\"seriesLabels\":");
            ResultJson.labels(out, series.getKey());
            out.raw(",\"exemplars\":[");
            String inner = "";
            for (Exemplar exemplar : series.getValue()) {
                out.raw(inner).raw("{\"labels\":");
                ResultJson.labels(out, exemplar.labels());
                out.raw(",\"value\":").sampleValue(exemplar.value());
                out.raw(",\"timestamp\":").timestamp(exemplar.timestampMs()).raw('}');
                inner = ",";
            }
            out.raw("]}");
            comma = ",";
        }
        out.raw(']');
    }

    private static List<List<Matcher>> matches(ApiRequest request) {
        return request.all("match[]").stream()
                .map(text -> Selectors.read("match[]", text))
                .toList();
    }

    private static List<List<Matcher>> matchesOrAll(ApiRequest request) {
        List<List<Matcher>> matches = matches(request);
        return matches.isEmpty() ? List.of(List.of()) : matches;
    }

    private TimeRange range(ApiRequest request) {
        long endMs = request.timeMs("end", clock.nowMs());
        long startMs = request.timeMs("start", endMs - DEFAULT_RANGE_MS);
        if (endMs < startMs) {
            throw ApiRequest.bad("end timestamp must not be before start timestamp");
        }
        return new TimeRange(startMs, endMs);
    }
}

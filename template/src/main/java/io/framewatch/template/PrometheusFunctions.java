package io.framewatch.template;

import io.framewatch.model.Durations;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The functions of rule templates
/// (<https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>).
public final class PrometheusFunctions {

    private static final int QUERIES_MAX = 100;

    /// Names of all functions, for checking templates.
    public static final Set<String> NAMES = of(_ -> List.of(), "", 0).names();

    private final Function<String, List<QuerySample>> query;
    private final String externalUrl;
    private final long nowMs;
    private int queries;

    private PrometheusFunctions(
            Function<String, List<QuerySample>> query, String externalUrl, long nowMs) {
        this.query = query;
        this.externalUrl = externalUrl;
        this.nowMs = nowMs;
    }

    /// Functions for one rendering.
    ///
    /// @param query answers PromQL at the time of the evaluation
    /// @param externalUrl where people reach the server
    /// @param nowMs time of the evaluation, Unix milliseconds
    public static Functions of(
            Function<String, List<QuerySample>> query, String externalUrl, long nowMs) {
        PrometheusFunctions all = new PrometheusFunctions(query, externalUrl, nowMs);
        return Functions.GO.with(all.samples()).with(all.numbers()).with(all.texts());
    }

    private Map<String, Functions.Function> samples() {
        return Map.of(
                "query", this::query,
                "first", PrometheusFunctions::first,
                "label", PrometheusFunctions::label,
                "value", Functions.of(arguments -> sample(arguments, 0).value()),
                "strvalue",
                        Functions.of(arguments ->
                                sample(arguments, 0).labels().texts().get("__value__")),
                "sortByLabel", PrometheusFunctions::sortByLabel,
                "args", PrometheusFunctions::args,
                "tmpl", _ -> "");
    }

    private Map<String, Functions.Function> numbers() {
        return Map.of(
                "humanize", Functions.of(arguments -> Humanize.metric(number(arguments))),
                "humanize1024", Functions.of(arguments -> Humanize.binary(number(arguments))),
                "humanizeDuration", Functions.of(arguments -> Humanize.duration(number(arguments))),
                "humanizePercentage",
                        Functions.of(arguments -> Humanize.percentage(number(arguments))),
                "humanizeTimestamp", PrometheusFunctions::humanizeTimestamp,
                "toTime", Functions.of(arguments -> time(number(arguments))),
                "toDuration",
                        Functions.of(arguments -> new GoDuration((long) (number(arguments) * 1e9))),
                "now", _ -> nowMs / 1000.0,
                "parseDuration", PrometheusFunctions::parseDuration);
    }

    private Map<String, Functions.Function> texts() {
        return Map.ofEntries(
                Map.entry("toUpper", SharedFunctions::toUpper),
                Map.entry("toLower", SharedFunctions::toLower),
                Map.entry("title", SharedFunctions::title),
                Map.entry("match", SharedFunctions::match),
                Map.entry("reReplaceAll", SharedFunctions::reReplaceAll),
                Map.entry("safeHtml", Functions.of(arguments -> new Safe(text(arguments)))),
                Map.entry(
                        "stripPort",
                        Functions.of(arguments -> HostNames.stripPort(text(arguments)))),
                Map.entry(
                        "stripDomain",
                        Functions.of(arguments -> HostNames.stripDomain(text(arguments)))),
                Map.entry("graphLink", Functions.of(arguments -> link(text(arguments), 0))),
                Map.entry("tableLink", Functions.of(arguments -> link(text(arguments), 1))),
                Map.entry(
                        "urlQueryEscape",
                        Functions.of(arguments -> Builtins.queryEscape(text(arguments)))),
                Map.entry("externalURL", _ -> externalUrl),
                Map.entry("pathPrefix", _ -> pathPrefix()));
    }

    /// Path and query of the page that shows an expression.
    ///
    /// @param tab 0 for the graph, 1 for the table
    public static String link(String expr, int tab) {
        return "/graph?g0.expr=" + Builtins.queryEscape(expr) + "&g0.tab=" + tab;
    }

    private String pathPrefix() {
        try {
            String path = URI.create(externalUrl).getPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Object query(List<@Nullable Object> arguments) {
        if (++queries > QUERIES_MAX) {
            throw new TemplateException("the template asks more than " + QUERIES_MAX + " queries");
        }
        return query.apply(text(arguments));
    }

    private static @Nullable Object first(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        List<@Nullable Object> list = Arguments.list(arguments.getFirst());
        if (list.isEmpty()) {
            throw new TemplateException("first() called on vector with no elements");
        }
        return list.getFirst();
    }

    private static Object label(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 2, 2);
        String name = Arguments.text(arguments, 0);
        return sample(arguments, 1).labels().texts().getOrDefault(name, "");
    }

    private static QuerySample sample(List<@Nullable Object> arguments, int index) {
        Arguments.count(arguments, index + 1, index + 1);
        return sample(arguments.get(index));
    }

    private static QuerySample sample(@Nullable Object value) {
        if (value instanceof QuerySample sample) {
            return sample;
        }
        throw new TemplateException("a sample is needed, as first or range give it");
    }

    private static Object sortByLabel(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 2, 2);
        String name = Arguments.text(arguments, 0);
        List<QuerySample> sorted = new ArrayList<>();
        for (Object each : Arguments.list(arguments.get(1))) {
            sorted.add(sample(each));
        }
        sorted.sort(Comparator.comparing(s -> s.labels().texts().getOrDefault(name, "")));
        return sorted;
    }

    private static Object args(List<@Nullable Object> arguments) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            map.put("arg" + i, arguments.get(i));
        }
        return map;
    }

    private static double number(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        return Arguments.number(arguments.getFirst());
    }

    private static String text(List<@Nullable Object> arguments) {
        Arguments.count(arguments, 1, 1);
        return Arguments.text(arguments, 0);
    }

    private static Object humanizeTimestamp(List<@Nullable Object> arguments) {
        double seconds = number(arguments);
        return Double.isFinite(seconds) ? time(seconds).print() : Numbers.general(seconds, 4);
    }

    private static GoTime time(double seconds) {
        double nanos = seconds * 1e9;
        if (!(Math.abs(nanos) < 0x1p63)) {
            throw new TemplateException(Numbers.shortest(seconds) + " is no time");
        }
        long ms = Math.floorDiv((long) nanos, 1_000_000L);
        return new GoTime(Instant.ofEpochMilli(ms).atZone(ZoneOffset.UTC));
    }

    private static Object parseDuration(List<@Nullable Object> arguments) {
        String text = text(arguments);
        boolean negative = text.startsWith("-");
        long ms = Durations.parseMs(negative ? text.substring(1) : text);
        if (ms < 0) {
            throw new TemplateException("'" + text + "' is no duration");
        }
        return (negative ? -ms : ms) / 1000.0;
    }
}

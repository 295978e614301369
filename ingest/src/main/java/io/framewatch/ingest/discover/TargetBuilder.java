package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.HistogramOptions;
import io.framewatch.ingest.config.ScrapeConfig;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.ingest.http.UnderscoreHosts;
import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.model.Durations;
import io.framewatch.model.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns groups into targets the way Prometheus does: `__address__`, `__scheme__`,
/// `__metrics_path__`, `__param_*`, `__scrape_interval__`, `__scrape_timeout__` and the three
/// settings of histograms may be relabelled; `instance` defaults to the address; labels that begin
/// with `__` go.
public final class TargetBuilder {

    private static final String PARAM = "__param_";
    private static final String NATIVE = "__scrape_native_histograms__";
    private static final String CLASSIC = "__always_scrape_classic_histograms__";
    private static final String CUSTOM = "__convert_classic_histograms_to_nhcb__";

    private TargetBuilder() {}

    /// The targets of a job's groups.
    public static TargetSet build(ScrapeConfig config, List<TargetGroup> groups) {
        Map<Target.Identity, Target> active = new LinkedHashMap<>();
        List<Labels> dropped = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (TargetGroup group : groups) {
            for (String address : group.addresses()) {
                Labels discovered = discovered(config, group, address);
                Labels.Builder labels = discovered.toBuilder();
                boolean kept = Relabel.apply(labels, config.relabel());
                if (!kept || labels.get("__address__").isEmpty()) {
                    dropped.add(discovered);
                    continue;
                }
                try {
                    Target target = target(config, labels, discovered);
                    active.putIfAbsent(target.identity(), target);
                } catch (IllegalArgumentException e) {
                    problems.add("Target " + address + ": " + e.getMessage() + ".");
                }
            }
        }
        return new TargetSet(List.copyOf(active.values()), dropped, problems);
    }

    private static Labels discovered(ScrapeConfig config, TargetGroup group, String address) {
        Labels.Builder labels = new Labels.Builder();
        labels.set("job", config.jobName());
        labels.set("__scheme__", config.scheme());
        labels.set("__metrics_path__", config.metricsPath());
        labels.set("__scrape_interval__", Durations.format(config.intervalMs()));
        labels.set("__scrape_timeout__", Durations.format(config.timeoutMs()));
        HistogramOptions histograms = config.histograms();
        labels.set(NATIVE, Boolean.toString(histograms.nativeParts()));
        labels.set(CLASSIC, Boolean.toString(histograms.classicBeside()));
        labels.set(CUSTOM, Boolean.toString(histograms.classicToCustom()));
        config.params()
                .forEach((name, values) -> {
                    if (!values.isEmpty()) {
                        labels.set(PARAM + name, values.getFirst());
                    }
                });
        group.labels().forEach(labels::set);
        labels.set("__address__", address);
        return labels.build();
    }

    private static Target target(ScrapeConfig config, Labels.Builder labels, Labels discovered) {
        String address = labels.get("__address__");
        if (address.contains("/")) {
            throw new IllegalArgumentException("\"" + address + "\" is not a valid address");
        }
        long interval = duration(labels, "__scrape_interval__");
        long timeout = duration(labels, "__scrape_timeout__");
        if (timeout > interval) {
            throw new IllegalArgumentException("the scrape timeout is longer than the interval");
        }
        HistogramOptions histograms =
                new HistogramOptions(
                        bool(labels, NATIVE), bool(labels, CLASSIC), bool(labels, CUSTOM));
        URI uri = uri(config, labels, address);
        if (labels.get("instance").isEmpty()) {
            labels.set("instance", address);
        }
        for (String name : labels.names()) {
            if (name.startsWith("__")) {
                labels.remove(name);
            }
        }
        return new Target(uri, labels.build(), discovered, interval, timeout, histograms);
    }

    private static long duration(Labels.Builder labels, String name) {
        long ms = Durations.parseMs(labels.get(name));
        if (ms <= 0) {
            throw new IllegalArgumentException(name + " is not a duration above zero");
        }
        return ms;
    }

    private static boolean bool(Labels.Builder labels, String name) {
        return switch (labels.get(name)) {
            case "true", "True", "TRUE", "t", "T", "1" -> true;
            case "false", "False", "FALSE", "f", "F", "0" -> false;
            default -> throw new IllegalArgumentException(name + " is neither true nor false");
        };
    }

    private static URI uri(ScrapeConfig config, Labels.Builder labels, String address) {
        Map<String, List<String>> params = new TreeMap<>(config.params());
        for (String name : labels.names()) {
            if (name.startsWith(PARAM)) {
                String key = name.substring(PARAM.length());
                List<String> values = new ArrayList<>(params.getOrDefault(key, List.of()));
                if (values.isEmpty()) {
                    values.add("");
                }
                values.set(0, labels.get(name));
                params.put(key, values);
            }
        }
        StringBuilder query = new StringBuilder();
        params.forEach((name, values) ->
                values.forEach(value ->
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(encode(name))
                                .append('=')
                                .append(encode(value))));
        String path = labels.get("__metrics_path__");
        String slash = path.isEmpty() || path.startsWith("/") ? "" : "/";
        try {
            URI uri = new URI(labels.get("__scheme__") + "://" + address + slash + path + query);
            if (uri.getHost() == null && !UnderscoreHosts.has(uri)) {
                throw new IllegalArgumentException("\"" + address + "\" is not a valid address");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + address + path + "\" is not valid", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

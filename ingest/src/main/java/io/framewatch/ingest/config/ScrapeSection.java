package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one entry of `scrape_configs`.
final class ScrapeSection {

    private ScrapeSection() {}

    static ScrapeConfig read(Section section, ScrapeDefaults defaults) {
        String job = section.textRequired("job_name", "job_name is empty");
        long interval = section.durationMs("scrape_interval", 0);
        interval = interval == 0 ? defaults.intervalMs() : interval;
        long timeout = timeout(section, interval, defaults);
        String path = section.text("metrics_path", "/metrics");
        String scheme = section.word("scheme", "http", List.of("http", "https"));
        Map<String, List<String>> params = section.textsMap("params");
        boolean honorLabels = section.bool("honor_labels", false);
        boolean honorTimestamps = section.bool("honor_timestamps", true);
        boolean trackStaleness = section.bool("track_timestamps_staleness", false);
        boolean compression = section.bool("enable_compression", true);
        HistogramOptions histograms = histograms(section, defaults.histograms());
        boolean extra = section.bool("extra_scrape_metrics", defaults.extraMetrics());
        ScrapeLimits limits = ScrapeDefaults.limits(section, defaults.limits());
        List<ScrapeProtocol> protocols = protocols(section, defaults);
        ScrapeProtocol fallback = fallback(section);
        NameOptions names = names(section, defaults);
        HttpClientConfig http = HttpSection.read(section);
        List<RelabelRule> relabel =
                RelabelSection.read(section, "relabel_configs", "target relabeling rule");
        List<RelabelRule> metricRelabel =
                RelabelSection.read(section, "metric_relabel_configs", "metric relabeling rule");
        List<Discovery> discoveries = DiscoverySection.read(section);
        Path log = section.path("scrape_failure_log_file");
        section.real("native_histogram_min_bucket_factor", 0);
        section.end();
        return new ScrapeConfig(
                job,
                interval,
                timeout,
                path,
                scheme,
                params,
                honorLabels,
                honorTimestamps,
                trackStaleness,
                compression,
                histograms,
                names,
                extra,
                limits,
                http,
                protocols,
                fallback,
                relabel,
                metricRelabel,
                log == null ? defaults.failureLog() : log,
                discoveries);
    }

    private static long timeout(Section section, long interval, ScrapeDefaults defaults) {
        long timeout = section.durationMs("scrape_timeout", 0);
        if (timeout > interval) {
            section.problem(
                    "scrape_timeout", "the scrape timeout is longer than the scrape interval");
        }
        return timeout == 0 ? Math.min(defaults.timeoutMs(), interval) : timeout;
    }

    private static HistogramOptions histograms(Section section, HistogramOptions defaults) {
        boolean old = section.bool("scrape_classic_histograms", defaults.classicBeside());
        return new HistogramOptions(
                section.bool("scrape_native_histograms", defaults.nativeParts()),
                section.bool("always_scrape_classic_histograms", old),
                section.bool("convert_classic_histograms_to_nhcb", defaults.classicToCustom()));
    }

    private static NameOptions names(Section section, ScrapeDefaults defaults) {
        String validation =
                section.word(
                        "metric_name_validation_scheme",
                        defaults.utf8Names() ? "utf8" : "legacy",
                        ScrapeDefaults.VALIDATIONS);
        boolean utf8 = validation.equals("utf8");
        boolean local = section.has("metric_name_validation_scheme");
        String inherited = local && !utf8 ? "" : defaults.escaping();
        String escaping =
                section.word("metric_name_escaping_scheme", inherited, ScrapeDefaults.ESCAPINGS);
        ScrapeDefaults.checkNames(section, utf8, escaping);
        String usual = utf8 ? "allow-utf-8" : "underscores";
        return new NameOptions(utf8, escaping.isEmpty() ? usual : escaping);
    }

    private static List<ScrapeProtocol> protocols(Section section, ScrapeDefaults defaults) {
        boolean histograms =
                section.bool("scrape_native_histograms", defaults.histograms().nativeParts());
        List<ScrapeProtocol> own = protocols(section);
        if (own != null) {
            return own;
        }
        if (defaults.protocols() != null) {
            return defaults.protocols();
        }
        return histograms ? ScrapeProtocol.WITH_HISTOGRAMS : ScrapeProtocol.DEFAULT;
    }

    /// The value of `scrape_protocols`, or null if it is not set.
    static @Nullable List<ScrapeProtocol> protocols(Section section) {
        if (!section.has("scrape_protocols")) {
            return null;
        }
        List<ScrapeProtocol> protocols = new ArrayList<>();
        for (String word : section.texts("scrape_protocols")) {
            ScrapeProtocol protocol = ScrapeProtocol.ofWord(word);
            if (protocol == null) {
                section.problem("scrape_protocols", unknown(word));
            } else if (protocols.contains(protocol)) {
                section.problem("scrape_protocols", "\"" + word + "\" is listed twice");
            } else {
                protocols.add(protocol);
            }
        }
        if (protocols.isEmpty()) {
            section.problem("scrape_protocols", "scrape_protocols lists no known protocol");
            return null;
        }
        return protocols;
    }

    private static @Nullable ScrapeProtocol fallback(Section section) {
        String word = section.text("fallback_scrape_protocol", "");
        ScrapeProtocol protocol = word.isEmpty() ? null : ScrapeProtocol.ofWord(word);
        if (protocol == null && !word.isEmpty()) {
            section.problem("fallback_scrape_protocol", unknown(word));
        }
        return protocol;
    }

    private static String unknown(String word) {
        List<String> words =
                Arrays.stream(ScrapeProtocol.values()).map(ScrapeProtocol::word).toList();
        return "unknown scrape protocol \"" + word + "\"; known: " + String.join(", ", words);
    }
}

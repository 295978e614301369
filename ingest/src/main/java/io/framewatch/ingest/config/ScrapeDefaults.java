package io.framewatch.ingest.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `global` gives every job that does not say otherwise.
record ScrapeDefaults(
        long intervalMs,
        long timeoutMs,
        ScrapeLimits limits,
        @Nullable List<ScrapeProtocol> protocols,
        HistogramOptions histograms,
        boolean extraMetrics,
        boolean utf8Names,
        String escaping,
        @Nullable Path failureLog) {

    static final long INTERVAL_MS_DEFAULT = 60_000;
    static final long TIMEOUT_MS_DEFAULT = 10_000;
    static final List<String> VALIDATIONS = List.of("utf8", "legacy");
    static final List<String> ESCAPINGS = List.of("allow-utf-8", "underscores", "dots", "values");

    static ScrapeDefaults read(Section section) {
        long interval = section.durationMs("scrape_interval", INTERVAL_MS_DEFAULT);
        interval = interval == 0 ? INTERVAL_MS_DEFAULT : interval;
        long timeout = section.durationMs("scrape_timeout", 0);
        if (timeout > interval) {
            section.problem(
                    "scrape_timeout", "the scrape timeout is longer than the scrape interval");
        }
        if (timeout == 0) {
            timeout = Math.min(TIMEOUT_MS_DEFAULT, interval);
        }
        HistogramOptions histograms =
                new HistogramOptions(
                        section.bool("scrape_native_histograms", false),
                        section.bool("always_scrape_classic_histograms", false),
                        section.bool("convert_classic_histograms_to_nhcb", false));
        boolean extra = section.bool("extra_scrape_metrics", false);
        String validation = section.word("metric_name_validation_scheme", "utf8", VALIDATIONS);
        String escaping = section.word("metric_name_escaping_scheme", "", ESCAPINGS);
        checkNames(section, validation.equals("utf8"), escaping);
        return new ScrapeDefaults(
                interval,
                timeout,
                limits(section, ScrapeLimits.NONE),
                ScrapeSection.protocols(section),
                histograms,
                extra,
                validation.equals("utf8"),
                escaping,
                section.path("scrape_failure_log_file"));
    }

    static void checkNames(Section section, boolean utf8, String escaping) {
        if (!utf8 && escaping.equals("allow-utf-8")) {
            section.problem(
                    "metric_name_escaping_scheme",
                    "UTF-8 names are asked for while metric_name_validation_scheme is legacy");
        }
    }

    static ScrapeLimits limits(Section section, ScrapeLimits otherwise) {
        return new ScrapeLimits(
                orElse(section.bytes("body_size_limit", 0), otherwise.bodyBytesMax()),
                orElse(section, "sample_limit", otherwise.samplesMax()),
                orElse(section, "label_limit", otherwise.labelsMax()),
                orElse(section, "label_name_length_limit", otherwise.labelNameLengthMax()),
                orElse(section, "label_value_length_limit", otherwise.labelValueLengthMax()),
                orElse(section, "target_limit", otherwise.targetsMax()),
                orElse(section, "keep_dropped_targets", otherwise.keepDroppedTargetsMax()),
                orElse(section, "native_histogram_bucket_limit", otherwise.histogramBucketsMax()));
    }

    private static int orElse(Section section, String key, int otherwise) {
        int value = section.count(key, 0);
        return value == 0 ? otherwise : value;
    }

    private static long orElse(long value, long otherwise) {
        return value == 0 ? otherwise : value;
    }
}

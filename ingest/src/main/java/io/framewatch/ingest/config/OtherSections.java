package io.framewatch.ingest.config;

import io.framewatch.wire.otlp.metrics.OtlpOptions;
import io.framewatch.wire.otlp.metrics.OtlpStrategy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks the sections that configure Prometheus itself and mean nothing here, `storage`, `tracing`
/// and `runtime`, and reads `otlp`.
final class OtherSections {

    private static final List<String> STRATEGIES =
            Arrays.stream(OtlpStrategy.values()).map(OtlpStrategy::word).toList();

    private OtherSections() {}

    static OtlpOptions read(Section top, boolean utf8Names) {
        Section runtime = top.section("runtime");
        runtime.number("gogc", 75, 0, Integer.MAX_VALUE);
        runtime.end();
        storage(top.section("storage"));
        if (top.has("tracing")) {
            tracing(top.section("tracing"));
        }
        return otlp(top.section("otlp"), utf8Names);
    }

    private static void storage(Section section) {
        Section tsdb = section.section("tsdb");
        tsdb.durationMs("out_of_order_time_window", 0);
        tsdb.real("stale_series_compaction_threshold", 0);
        Section retention = tsdb.section("retention");
        retention.durationMs("time", 0);
        retention.bytes("size", 0);
        double percentage = retention.real("percentage", 0);
        if (percentage < 0 || percentage > 100) {
            retention.problem("percentage", "the percentage must be 0 to 100");
        }
        retention.end();
        Section encoding = tsdb.section("chunk_encoding");
        encoding.word("floats", "xor", List.of("xor", "xor2"));
        encoding.end();
        tsdb.end();
        Section exemplars = section.section("exemplars");
        exemplars.number("max_exemplars", 100_000, -1, Long.MAX_VALUE);
        exemplars.end();
        section.end();
    }

    private static void tracing(Section section) {
        section.textRequired("endpoint", "tracing needs endpoint");
        section.word("client_type", "grpc", List.of("grpc", "http"));
        section.real("sampling_fraction", 0);
        section.bool("insecure", false);
        section.word("compression", "", List.of("gzip"));
        section.durationMs("timeout", 10_000);
        HttpSection.plainHeaders(section);
        HttpSection.tls(section.section("tls_config"));
        section.end();
    }

    private static OtlpOptions otlp(Section section, boolean utf8Names) {
        String strategy = section.word("translation_strategy", STRATEGIES.getFirst(), STRATEGIES);
        boolean utf8 = strategy.startsWith("No");
        if (utf8 && !utf8Names) {
            section.problem(
                    "translation_strategy",
                    strategy + " needs metric_name_validation_scheme: utf8");
        }
        boolean all = section.bool("promote_all_resource_attributes", false);
        Set<String> promoted = attributes(section, "promote_resource_attributes");
        Set<String> ignored = attributes(section, "ignore_resource_attributes");
        if (all && !promoted.isEmpty()) {
            section.problem(
                    "promote_resource_attributes",
                    "cannot stand beside promote_all_resource_attributes");
        }
        if (!ignored.isEmpty() && !all) {
            section.problem(
                    "ignore_resource_attributes", "needs promote_all_resource_attributes: true");
        }
        OtlpOptions options =
                new OtlpOptions(
                        STRATEGIES.contains(strategy)
                                ? OtlpStrategy.of(strategy)
                                : OtlpOptions.DEFAULT.strategy(),
                        all,
                        promoted,
                        ignored,
                        section.bool("keep_identifying_resource_attributes", false),
                        section.bool("convert_histograms_to_nhcb", false),
                        section.bool("promote_scope_metadata", false),
                        section.bool("label_name_underscore_sanitization", true),
                        section.bool("label_name_preserve_multiple_underscores", true));
        section.end();
        return options;
    }

    /// The names of a list; tells empty ones and those given twice.
    private static Set<String> attributes(Section section, String key) {
        Set<String> seen = new HashSet<>();
        for (String name : section.texts(key)) {
            if (name.isBlank()) {
                section.problem(key, "an attribute name is empty");
            } else if (!seen.add(name.strip())) {
                section.problem(key, "the attribute \"" + name.strip() + "\" is listed twice");
            }
        }
        return seen;
    }
}

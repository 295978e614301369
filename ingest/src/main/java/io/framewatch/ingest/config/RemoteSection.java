package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `remote_write` and `remote_read`.
final class RemoteSection {

    /// Most samples that wait for one remote, whatever is configured: they are held in memory.
    private static final int ROWS_MAX = 500_000;

    /// Most requests of a remote under way at once.
    private static final int REQUESTS_MAX = 200;

    private static final List<String> MESSAGES =
            List.of("prometheus.WriteRequest", "io.prometheus.write.v2.Request");

    private RemoteSection() {}

    /// Adds to `warnings` what is understood and not carried out.
    static List<RemoteConfig> writes(Section top, List<String> warnings) {
        List<RemoteConfig> configs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section :
                top.sections("remote_write", "empty or null remote write config section")) {
            RemoteConfig config = write(section, warnings);
            unique(section, names, config);
            configs.add(config);
        }
        return configs;
    }

    private static RemoteConfig write(Section section, List<String> warnings) {
        String url = url(section, "remote_write");
        String name = section.text("name", "");
        long timeout = section.durationMs("remote_timeout", 30_000);
        Map<String, String> headers = HttpSection.plainHeaders(section);
        if (!section.word("protobuf_message", MESSAGES.getFirst(), MESSAGES)
                .equals(MESSAGES.getFirst())) {
            warnings.add("Remote write to " + shown(url) + " goes by prometheus.WriteRequest.");
        }
        boolean exemplars = section.bool("send_exemplars", false);
        boolean histograms = section.bool("send_native_histograms", false);
        if (section.bool("round_robin_dns", false)) {
            warnings.add(
                    "Remote write to "
                            + shown(url)
                            + " goes to the first address of its name, not to each in turn.");
        }
        for (String scheme : List.of("sigv4", "azuread", "google_iam")) {
            if (section.has(scheme)) {
                warnings.add("Remote write to " + shown(url) + " does not sign by " + scheme + ".");
            }
        }
        section.allow("sigv4", "azuread", "google_iam");
        Section queue = section.section("queue_config");
        Section metadata = section.section("metadata_config");
        int families = Math.clamp(metadata.count("max_samples_per_send", 2_000), 1, ROWS_MAX);
        QueueConfig waiting = queue(queue, metadataMs(metadata), families);
        List<RelabelRule> relabel =
                RelabelSection.read(
                        section, "write_relabel_configs", "relabeling rule in remote write config");
        HttpClientConfig http = HttpSection.read(section);
        section.end();
        return new RemoteConfig(
                url, name, timeout, http, headers, relabel, exemplars, histograms, waiting);
    }

    static List<RemoteConfig> reads(Section top) {
        List<RemoteConfig> configs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section :
                top.sections("remote_read", "empty or null remote read config section")) {
            String url = url(section, "remote_read");
            String name = section.text("name", "");
            long timeout = section.durationMs("remote_timeout", 60_000);
            Map<String, String> headers = HttpSection.plainHeaders(section);
            section.bool("read_recent", false);
            section.bool("filter_external_labels", true);
            section.number("chunked_read_limit", 0, 0, Long.MAX_VALUE);
            section.textMap("required_matchers");
            HttpClientConfig http = HttpSection.read(section);
            section.end();
            unique(section, names, name);
            configs.add(
                    new RemoteConfig(
                            url,
                            name,
                            timeout,
                            http,
                            headers,
                            List.of(),
                            false,
                            false,
                            QueueConfig.DEFAULT));
        }
        return configs;
    }

    private static String url(Section section, String what) {
        return section.textRequired("url", "the url of " + what + " is empty");
    }

    /// What waits is kept by name, or by address where there is none: two may not share it.
    private static void unique(Section section, Set<String> names, RemoteConfig config) {
        if (!config.name().isEmpty()) {
            unique(section, names, config.name());
        } else if (!names.add(config.shownName())) {
            section.problem(
                    "url",
                    "the url \""
                            + config.shownName()
                            + "\" is used more than once: give each of these remotes a `name`");
        }
    }

    private static void unique(Section section, Set<String> names, String name) {
        if (!name.isEmpty() && !names.add(name)) {
            section.problem("name", "the name \"" + name + "\" is used more than once");
        }
    }

    /// An address without user and password.
    private static String shown(String url) {
        return url.replaceFirst("://[^/@]*@", "://");
    }

    private static QueueConfig queue(Section section, long metadataMs, int families) {
        long capacity = section.number("capacity", 10_000, 1, Integer.MAX_VALUE);
        long most = section.number("max_shards", 50, 1, Integer.MAX_VALUE);
        long least = section.number("min_shards", 1, 1, Integer.MAX_VALUE);
        long perSend = section.number("max_samples_per_send", 2_000, 1, Integer.MAX_VALUE);
        long deadline = section.durationMs("batch_send_deadline", 5_000);
        long minBackoff = section.durationMs("min_backoff", 30);
        long maxBackoff = section.durationMs("max_backoff", 5_000);
        boolean on429 = section.bool("retry_on_http_429", true);
        long ageLimit = section.durationMs("sample_age_limit", 0);
        if (capacity > 0 && perSend > 0 && least > most) {
            section.problem("min_shards", "min_shards is above max_shards");
        }
        if (minBackoff > maxBackoff) {
            section.problem("max_backoff", "max_backoff is below min_backoff");
        }
        section.end();
        return new QueueConfig(
                Math.clamp(capacity * most, 1, ROWS_MAX),
                Math.clamp(least, 1, REQUESTS_MAX),
                Math.clamp(most, 1, REQUESTS_MAX),
                Math.clamp(perSend, 1, ROWS_MAX),
                deadline,
                Math.max(1, minBackoff),
                Math.max(1, maxBackoff),
                on429,
                ageLimit,
                metadataMs,
                families);
    }

    /// Time between metadata, milliseconds; 0 for none.
    private static long metadataMs(Section section) {
        boolean send = section.bool("send", true);
        long interval = section.durationMs("send_interval", 60_000);
        section.end();
        return send ? Math.max(1, interval) : 0;
    }
}

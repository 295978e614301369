package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry of `scrape_configs`, with the global defaults filled in.
///
/// @param jobName the job, unique
/// @param intervalMs time between scrapes, milliseconds
/// @param timeoutMs longest scrape, milliseconds, at most the interval
/// @param metricsPath path asked for
/// @param scheme `http` or `https`
/// @param params query parameters
/// @param honorLabels whether labels of the target win over ours
/// @param honorTimestamps whether timestamps of the target are kept
/// @param trackTimestampsStaleness whether samples with timestamps are marked stale too
/// @param enableCompression whether gzip is asked for
/// @param histograms what is taken of histograms
/// @param names which names are taken
/// @param extraMetrics whether timeout, sample limit and body size are reported as metrics
/// @param limits limits
/// @param http how to make the requests
/// @param protocols formats asked for, best first
/// @param fallbackProtocol format assumed when the answer does not name a known one, or null
/// @param relabel rules for targets
/// @param metricRelabel rules for samples
/// @param failureLog file that failed scrapes are written to, or null
/// @param discoveries where the targets come from
public record ScrapeConfig(
        String jobName,
        long intervalMs,
        long timeoutMs,
        String metricsPath,
        String scheme,
        Map<String, List<String>> params,
        boolean honorLabels,
        boolean honorTimestamps,
        boolean trackTimestampsStaleness,
        boolean enableCompression,
        HistogramOptions histograms,
        NameOptions names,
        boolean extraMetrics,
        ScrapeLimits limits,
        HttpClientConfig http,
        List<ScrapeProtocol> protocols,
        @Nullable ScrapeProtocol fallbackProtocol,
        List<RelabelRule> relabel,
        List<RelabelRule> metricRelabel,
        @Nullable Path failureLog,
        List<Discovery> discoveries) {

    /// Copies the collections.
    public ScrapeConfig {
        params = Map.copyOf(params);
        protocols = List.copyOf(protocols);
        relabel = List.copyOf(relabel);
        metricRelabel = List.copyOf(metricRelabel);
        discoveries = List.copyOf(discoveries);
    }
}

package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import java.util.List;
import java.util.Map;

/// One entry of `remote_write` or `remote_read`, kept as configured.
///
/// @param url the other server
/// @param name name in metrics and logs, may be empty
/// @param timeoutMs longest request, milliseconds
/// @param http how to make the requests
/// @param headers further headers
/// @param writeRelabel rules for samples sent; empty for reading
/// @param exemplars whether exemplars are sent
/// @param nativeHistograms whether native histograms are sent
/// @param queue how samples wait
public record RemoteConfig(
        String url,
        String name,
        long timeoutMs,
        HttpClientConfig http,
        Map<String, String> headers,
        List<RelabelRule> writeRelabel,
        boolean exemplars,
        boolean nativeHistograms,
        QueueConfig queue) {

    /// The name, or the address without user and password.
    public String shownName() {
        return name.isEmpty() ? url.replaceFirst("://[^/@]*@", "://") : name;
    }
}

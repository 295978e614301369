package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.spool.Kind;
import java.net.URI;
import java.util.Set;

/// A server that takes OTLP over HTTP.
///
/// @param name tells it from others, also after a restart
/// @param url its address; `/v1/metrics`, `/v1/logs` and `/v1/traces` are added
/// @param http credentials, TLS and further headers
/// @param timeoutMs longest request, milliseconds
/// @param gzip whether requests are compressed
/// @param signals what it gets: points, lines, spans
public record OtlpRemote(
        String name,
        URI url,
        HttpClientConfig http,
        long timeoutMs,
        boolean gzip,
        Set<Kind> signals) {

    /// Copies the set.
    public OtlpRemote {
        signals = Set.copyOf(signals);
    }
}

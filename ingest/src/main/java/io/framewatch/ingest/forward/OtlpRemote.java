package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.spool.Kind;
import java.net.URI;
import java.util.Set;

/// A server that takes OTLP.
///
/// @param name tells it from others, also after a restart
/// @param url its address; over HTTP `/v1/metrics`, `/v1/logs` and `/v1/traces` are added
/// @param grpc whether it is spoken to by gRPC
/// @param http credentials, TLS and further headers
/// @param timeoutMs longest request, milliseconds
/// @param gzip whether requests are compressed
/// @param requestsMax most requests under way at once, for each signal
/// @param signals what it gets: points, lines, spans
/// @param tenants whose
public record OtlpRemote(
        String name,
        URI url,
        boolean grpc,
        HttpClientConfig http,
        long timeoutMs,
        boolean gzip,
        int requestsMax,
        Set<Kind> signals,
        Tenants tenants) {

    /// Copies the set.
    public OtlpRemote {
        signals = Set.copyOf(signals);
    }
}

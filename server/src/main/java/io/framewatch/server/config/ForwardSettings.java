package io.framewatch.server.config;

import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.forward.Tenants;
import io.framewatch.ingest.spool.SpoolLimits;
import java.util.List;
import java.util.Map;

/// What is sent on to other servers, beside `remote_write` of the `prometheus.yml`.
///
/// @param spoolBytesMax most bytes on the disk that wait for remotes; beyond it the oldest go
/// @param otlp servers that get metrics, lines and spans by OTLP
/// @param remoteWrite whose samples remotes of `remote_write` get, by name or address; those that
///   are not named here get tenant `default`'s
public record ForwardSettings(
        long spoolBytesMax, List<OtlpRemote> otlp, Map<String, Tenants> remoteWrite) {

    /// Nobody gets anything by OTLP; 4 GiB may wait.
    public static final ForwardSettings DEFAULT =
            new ForwardSettings(SpoolLimits.DEFAULT.bytesMax(), List.of(), Map.of());

    /// Keeps its own lists.
    public ForwardSettings {
        otlp = List.copyOf(otlp);
        remoteWrite = Map.copyOf(remoteWrite);
    }
}

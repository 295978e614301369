package io.framewatch.server.config;

import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.spool.SpoolLimits;
import java.util.List;

/// What is sent on to other servers, beside `remote_write` of the `prometheus.yml`.
///
/// @param spoolBytesMax most bytes on the disk that wait for remotes; beyond it the oldest go
/// @param otlp servers that get metrics, lines and spans by OTLP
public record ForwardSettings(long spoolBytesMax, List<OtlpRemote> otlp) {

    /// Nobody gets anything by OTLP; 4 GiB may wait.
    public static final ForwardSettings DEFAULT =
            new ForwardSettings(SpoolLimits.DEFAULT.bytesMax(), List.of());

    /// Keeps its own list.
    public ForwardSettings {
        otlp = List.copyOf(otlp);
    }
}

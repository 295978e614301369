package io.framewatch.server.config;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.TlsConfig;
import java.net.URI;
import java.util.List;

/// Another server whose data dashboards can show.
///
/// @param uid its name in dashboards and addresses
/// @param name what people call it
/// @param type what it speaks
/// @param url where it is, without a slash at the end
/// @param auth how this server says who it is
/// @param tls how TLS is spoken to it
/// @param timeoutMs longest wait for an answer, milliseconds
/// @param isDefault whether dashboards that name none of its type take it
/// @param tenants whose dashboards may show it
public record DatasourceSettings(
        String uid,
        String name,
        Type type,
        URI url,
        HttpAuth auth,
        TlsConfig tls,
        long timeoutMs,
        boolean isDefault,
        List<String> tenants) {

    /// What a data source speaks.
    public enum Type {
        /// Prometheus' query interface.
        PROMETHEUS,
        /// Loki's.
        LOKI,
        /// Jaeger's.
        JAEGER,
        /// Tempo's.
        TEMPO
    }

    /// Keeps its own list.
    public DatasourceSettings {
        tenants = List.copyOf(tenants);
    }
}

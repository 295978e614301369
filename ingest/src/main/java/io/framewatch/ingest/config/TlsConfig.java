package io.framewatch.ingest.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How to speak TLS to a server.
///
/// @param ca PEM certificates to trust, given in place; empty for none
/// @param caFile file with them, or null; without either the Java runtime's store is used
/// @param cert client certificate in PEM, given in place; empty for none
/// @param certFile file with it, or null
/// @param key client key
/// @param serverName name expected in the server's certificate instead of the address; empty for
///   the address
/// @param insecureSkipVerify whether any certificate is accepted
/// @param minVersion lowest protocol such as `TLSv1.2`; empty for the runtime's choice
/// @param maxVersion highest protocol; empty for the runtime's choice
public record TlsConfig(
        String ca,
        @Nullable Path caFile,
        String cert,
        @Nullable Path certFile,
        SecretSource key,
        String serverName,
        boolean insecureSkipVerify,
        String minVersion,
        String maxVersion) {

    /// The Java runtime's own settings.
    public static final TlsConfig DEFAULT =
            new TlsConfig("", null, "", null, SecretSource.NONE, "", false, "", "");
}

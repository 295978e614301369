package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.HttpClientConfig;
import io.framewatch.ingest.config.KubernetesDiscovery;
import io.framewatch.ingest.config.ProxyConfig;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.config.TlsConfig;
import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.FindException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// How the API is reached.
///
/// @param server address, without a slash at the end
/// @param http how to ask it
record ApiAccess(String server, HttpClientConfig http) {

    /// Reads what the configuration names. Throws what is missing.
    static ApiAccess of(KubernetesDiscovery config, DiscoveryEnvironment environment)
            throws FindException {
        Path kubeconfig = config.kubeconfig();
        if (kubeconfig != null) {
            return Kubeconfig.read(kubeconfig);
        }
        if (config.apiServer().isEmpty()) {
            return inCluster(environment);
        }
        return new ApiAccess(trimmed(config.apiServer()), config.http());
    }

    private static ApiAccess inCluster(DiscoveryEnvironment environment) throws FindException {
        String host = environment.variables().apply("KUBERNETES_SERVICE_HOST");
        String port = environment.variables().apply("KUBERNETES_SERVICE_PORT");
        Path token = environment.serviceAccount().resolve("token");
        if (host == null || port == null || !port.matches("\\d{1,5}") || !Files.exists(token)) {
            throw new FindException(
                    "this process does not run in a Kubernetes cluster: set api_server or"
                            + " kubeconfig_file");
        }
        Path authority = environment.serviceAccount().resolve("ca.crt");
        TlsConfig plain = TlsConfig.DEFAULT;
        TlsConfig tls =
                Files.exists(authority)
                        ? new TlsConfig("", authority, "", null, plain.key(), "", false, "", "")
                        : plain;
        HttpAuth auth = new HttpAuth.Header("Bearer", new SecretSource.InFile(token));
        return new ApiAccess(
                "https://" + Addresses.of(host, Integer.parseInt(port)),
                new HttpClientConfig(auth, tls, ProxyConfig.NONE, true, Map.of()));
    }

    /// The namespace this process runs in. Throws if it runs in none.
    static String ownNamespace(DiscoveryEnvironment environment) throws FindException {
        Path file = environment.serviceAccount().resolve("namespace");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new FindException("own_namespace is set, and " + file + " cannot be read", e);
        }
    }

    static String trimmed(String server) {
        return server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
    }
}

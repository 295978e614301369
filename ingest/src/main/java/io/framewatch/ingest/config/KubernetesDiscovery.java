package io.framewatch.ingest.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Targets that a Kubernetes cluster knows of.
///
/// @param role kind of object that gives the targets
/// @param apiServer address of the API; empty for the cluster this process runs in
/// @param kubeconfig file that says how to reach the API, or null
/// @param ownNamespace whether the namespace this process runs in is looked at
/// @param namespaces namespaces looked at; with none and no own one, all of them
/// @param selectors which objects to ask for
/// @param attach what else the targets shall tell
/// @param http how to ask `apiServer`
public record KubernetesDiscovery(
        Role role,
        String apiServer,
        @Nullable Path kubeconfig,
        boolean ownNamespace,
        List<String> namespaces,
        List<Selector> selectors,
        Attach attach,
        HttpClientConfig http)
        implements Discovery {

    /// Copies the lists.
    public KubernetesDiscovery {
        namespaces = List.copyOf(namespaces);
        selectors = List.copyOf(selectors);
    }

    /// Kinds of object that give targets.
    public enum Role {
        NODE,
        POD,
        SERVICE,
        ENDPOINTS,
        ENDPOINTSLICE,
        INGRESS;

        /// The word in configuration files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Asks for some objects of a kind only.
    ///
    /// @param role word of the kind
    /// @param label label selector, may be empty
    /// @param field field selector, may be empty
    public record Selector(String role, String label, String field) {}

    /// Objects whose metadata targets tell beside their own.
    ///
    /// @param node that of the node a pod runs on
    /// @param namespace that of the namespace
    /// @param deployment the deployment's name
    /// @param job the job's name
    /// @param cronjob the cron job's name
    public record Attach(
            boolean node, boolean namespace, boolean deployment, boolean job, boolean cronjob) {

        /// Nothing.
        public static final Attach NONE = new Attach(false, false, false, false, false);
    }
}

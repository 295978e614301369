package io.framewatch.ingest.config;

import io.framewatch.ingest.config.KubernetesDiscovery.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of `kubernetes_sd_configs` that concern several keys at once.
final class KubernetesSection {

    private static final Map<String, List<String>> SELECTORS =
            Map.of(
                    "pod", List.of("pod", "node"),
                    "service", List.of("service"),
                    "endpoints", List.of("pod", "service", "endpoints"),
                    "endpointslice", List.of("pod", "service", "endpointslice"),
                    "node", List.of("node"),
                    "ingress", List.of("ingress"));

    private KubernetesSection() {}

    /// Checks and reads the section; null if it has no known role.
    static @Nullable KubernetesDiscovery read(Section section, HttpClientConfig http) {
        boolean server = section.has("api_server");
        boolean file = section.has("kubeconfig_file");
        Section namespaces = section.section("namespaces");
        boolean own = namespaces.bool("own_namespace", false);
        List<String> names = namespaces.texts("names");
        namespaces.end();
        if (file && server) {
            section.problem("kubeconfig_file and api_server cannot both be set");
        }
        if (file && own) {
            section.problem("kubeconfig_file and namespaces.own_namespace cannot both be set");
        }
        if (server && own) {
            section.problem("api_server and namespaces.own_namespace cannot both be set");
        }
        if (!http.equals(HttpClientConfig.DEFAULT) && (file || !server)) {
            section.problem("settings of requests need api_server and no kubeconfig_file");
        }
        if (server) {
            HttpSection.url(section, "api_server", "api_server is empty");
        }
        KubernetesDiscovery.Attach attach = attach(section.section("attach_metadata"));
        String word = section.text("role", "");
        List<KubernetesDiscovery.Selector> selectors = selectors(section, word);
        for (Role role : Role.values()) {
            if (role.word().equals(word)) {
                return new KubernetesDiscovery(
                        role,
                        section.text("api_server", ""),
                        section.path("kubeconfig_file"),
                        own,
                        names,
                        selectors,
                        attach,
                        http);
            }
        }
        return null;
    }

    private static KubernetesDiscovery.Attach attach(Section section) {
        KubernetesDiscovery.Attach attach =
                new KubernetesDiscovery.Attach(
                        section.bool("node", false),
                        section.bool("namespace", false),
                        section.bool("deployment", false),
                        section.bool("job", false),
                        section.bool("cronjob", false));
        section.end();
        return attach;
    }

    private static List<KubernetesDiscovery.Selector> selectors(Section section, String role) {
        List<String> allowed = SELECTORS.getOrDefault(role, List.of());
        List<KubernetesDiscovery.Selector> selectors = new ArrayList<>();
        for (Section selector : section.sections("selectors", "empty or null selector")) {
            String word = selector.text("role", "");
            if (!allowed.isEmpty() && !allowed.contains(word)) {
                selector.problem(
                        "role",
                        "the role "
                                + role
                                + " takes only selectors of "
                                + String.join(", ", allowed));
            }
            selectors.add(
                    new KubernetesDiscovery.Selector(
                            word, selector.text("label", ""), selector.text("field", "")));
            selector.end();
        }
        return selectors;
    }
}

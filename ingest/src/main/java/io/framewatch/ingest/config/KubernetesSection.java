package io.framewatch.ingest.config;

import java.util.List;
import java.util.Map;

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

    static void check(Section section, HttpClientConfig http) {
        boolean server = section.has("api_server");
        boolean file = section.has("kubeconfig_file");
        Section namespaces = section.section("namespaces");
        boolean own = namespaces.bool("own_namespace", false);
        namespaces.texts("names");
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
        Section metadata = section.section("attach_metadata");
        metadata.allow("node", "namespace", "deployment", "cronjob", "job");
        metadata.end();
        selectors(section);
    }

    private static void selectors(Section section) {
        String role = section.text("role", "");
        List<String> allowed = SELECTORS.getOrDefault(role, List.of());
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
            selector.allow("label", "field");
            selector.end();
        }
    }
}

package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Role `ingress`: one target for each path of each rule.
final class IngressTargets {

    private IngressTargets() {}

    static List<TargetGroup> of(JsonNode ingress, Metadata metadata) {
        Labels.Builder common = new Labels.Builder();
        MetaLabels.set(common, "namespace", MetaLabels.namespace(ingress));
        MetaLabels.object(common, "ingress", ingress);
        metadata.namespace(common, MetaLabels.namespace(ingress));
        JsonNode spec = ingress.path("spec");
        MetaLabels.set(common, "ingress_class_name", MetaLabels.text(spec, "ingressClassName"));
        Labels shared = common.build();
        List<TargetGroup> targets = new ArrayList<>();
        for (JsonNode rule : spec.path("rules")) {
            String host = MetaLabels.text(rule, "host");
            for (String path : paths(rule)) {
                Labels.Builder labels = shared.toBuilder();
                MetaLabels.set(labels, "ingress_scheme", isTls(spec, host) ? "https" : "http");
                MetaLabels.set(labels, "ingress_host", host);
                MetaLabels.set(labels, "ingress_path", path);
                targets.add(MetaLabels.target(host, labels));
            }
        }
        return targets;
    }

    private static List<String> paths(JsonNode rule) {
        List<String> paths = new ArrayList<>();
        for (JsonNode path : rule.path("http").path("paths")) {
            String text = MetaLabels.text(path, "path");
            paths.add(text.isEmpty() ? "/" : text);
        }
        return paths.isEmpty() ? List.of("/") : paths;
    }

    private static boolean isTls(JsonNode spec, String host) {
        for (JsonNode tls : spec.path("tls")) {
            for (JsonNode pattern : tls.path("hosts")) {
                if (matches(pattern.asString(""), host)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Equal, or alike behind a first part `*`.
    static boolean matches(String pattern, String host) {
        int dot = host.indexOf('.');
        return pattern.equals(host)
                || pattern.startsWith("*.")
                        && dot > 0
                        && pattern.substring(1).equals(host.substring(dot));
    }
}

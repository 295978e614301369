package io.framewatch.ingest.discover.kubernetes;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes off objects what no label tells, as a cluster's pods would fill the memory.
final class Pruned {

    private static final List<String> SPEC =
            List.of("volumes", "affinity", "tolerations", "template", "topologySpreadConstraints");
    private static final List<String> STATUS = List.of("images", "volumesAttached", "volumesInUse");
    private static final List<String> CONTAINER =
            List.of(
                    "env",
                    "envFrom",
                    "command",
                    "args",
                    "volumeMounts",
                    "resources",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle",
                    "securityContext");

    private Pruned() {}

    static JsonNode of(ObjectNode object) {
        without(object.path("metadata"), List.of("managedFields"));
        JsonNode spec = object.path("spec");
        without(spec, SPEC);
        without(object.path("status"), STATUS);
        spec.path("containers").forEach(container -> without(container, CONTAINER));
        spec.path("initContainers").forEach(container -> without(container, CONTAINER));
        return object;
    }

    private static void without(JsonNode node, List<String> names) {
        if (node instanceof ObjectNode object) {
            object.remove(names);
        }
    }
}

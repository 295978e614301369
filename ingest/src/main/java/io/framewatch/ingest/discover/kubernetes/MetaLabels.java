package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Builds the labels `__meta_kubernetes_*`.
final class MetaLabels {

    private static final String PREFIX = "__meta_kubernetes_";

    private MetaLabels() {}

    /// The text of a field; empty if it is absent.
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() || value.isNumber() || value.isBoolean() ? value.asString() : "";
    }

    static String name(JsonNode object) {
        return text(object.path("metadata"), "name");
    }

    static String namespace(JsonNode object) {
        return text(object.path("metadata"), "namespace");
    }

    /// Sets one label; an empty value is as good as none.
    static void set(Labels.Builder labels, String name, String value) {
        if (!value.isEmpty()) {
            labels.set(PREFIX + name, value);
        }
    }

    /// Name, labels and annotations of an object.
    static void object(Labels.Builder labels, String role, JsonNode object) {
        set(labels, role + "_name", name(object));
        labelsAndAnnotations(labels, role, object);
    }

    static void labelsAndAnnotations(Labels.Builder labels, String role, JsonNode object) {
        JsonNode metadata = object.path("metadata");
        entries(labels, role + "_label", metadata.path("labels"));
        entries(labels, role + "_annotation", metadata.path("annotations"));
    }

    private static void entries(Labels.Builder labels, String what, JsonNode map) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = sanitized(entry.getKey());
            set(labels, what + "_" + name, entry.getValue().asString(""));
            set(labels, what + "present_" + name, "true");
        }
    }

    /// Everything but letters, digits and underscores becomes an underscore.
    static String sanitized(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            out.append(plain ? c : '_');
        }
        return out.toString();
    }

    /// The owner that controls an object, or null.
    static @Nullable JsonNode controller(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("controller").asBoolean(false)) {
                return owner;
            }
        }
        return null;
    }

    static TargetGroup target(String address, Labels.Builder labels) {
        return new TargetGroup(List.of(address), labels.build());
    }
}

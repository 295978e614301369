package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Role `node`: one target for each node, at its kubelet.
final class NodeTargets {

    private static final List<String> ADDRESS_ORDER =
            List.of("InternalIP", "ExternalIP", "LegacyHostIP", "Hostname");

    private NodeTargets() {}

    static List<TargetGroup> of(JsonNode node) {
        JsonNode status = node.path("status");
        Map<String, String> addresses = new LinkedHashMap<>();
        for (JsonNode address : status.path("addresses")) {
            addresses.putIfAbsent(
                    MetaLabels.text(address, "type"), MetaLabels.text(address, "address"));
        }
        String host = ADDRESS_ORDER.stream().filter(addresses::containsKey).findFirst().orElse("");
        if (host.isEmpty()) {
            return List.of();
        }
        Labels.Builder labels = new Labels.Builder();
        MetaLabels.object(labels, "node", node);
        MetaLabels.set(
                labels, "node_provider_id", MetaLabels.text(node.path("spec"), "providerID"));
        for (JsonNode condition : status.path("conditions")) {
            String type = MetaLabels.text(condition, "type").toLowerCase(Locale.ROOT);
            String value = MetaLabels.text(condition, "status").toLowerCase(Locale.ROOT);
            MetaLabels.set(labels, "node_condition_" + MetaLabels.sanitized(type), value);
        }
        addresses.forEach((type, address) ->
                MetaLabels.set(labels, "node_address_" + MetaLabels.sanitized(type), address));
        labels.set("instance", MetaLabels.name(node));
        int port = status.path("daemonEndpoints").path("kubeletEndpoint").path("Port").asInt(0);
        String address = Addresses.of(addresses.getOrDefault(host, ""), port);
        return List.of(MetaLabels.target(address, labels));
    }
}

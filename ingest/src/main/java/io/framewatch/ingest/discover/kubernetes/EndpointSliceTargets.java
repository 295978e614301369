package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Role `endpointslice`: one target for each port of each address, and the other ports of their
/// pods.
final class EndpointSliceTargets {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";

    private final Metadata metadata;
    private final BackingPods pods;
    private final List<TargetGroup> targets = new ArrayList<>();
    private final Labels shared;

    private EndpointSliceTargets(JsonNode slice, Metadata metadata) {
        this.metadata = metadata;
        this.pods = new BackingPods(metadata);
        String service = MetaLabels.text(slice.path("metadata").path("labels"), SERVICE_NAME);
        Labels.Builder common =
                ServiceTargets.shared(slice, "endpointslice", service, metadata).toBuilder();
        MetaLabels.set(common, "endpointslice_address_type", MetaLabels.text(slice, "addressType"));
        this.shared = common.build();
    }

    static List<TargetGroup> of(JsonNode slice, Metadata metadata) {
        EndpointSliceTargets one = new EndpointSliceTargets(slice, metadata);
        for (JsonNode endpoint : slice.path("endpoints")) {
            for (JsonNode port : slice.path("ports")) {
                for (JsonNode address : endpoint.path("addresses")) {
                    one.add(address.asString(""), endpoint, port);
                }
            }
        }
        one.pods.addRest(one.targets, one.shared);
        return one.targets;
    }

    private void add(String host, JsonNode endpoint, JsonNode port) {
        Labels.Builder labels = shared.toBuilder();
        int number = port.path("port").asInt(0);
        JsonNode reference = endpoint.path("targetRef");
        String node = MetaLabels.text(endpoint, "nodeName");
        slice(labels, "port_name", port, "name");
        slice(labels, "port_protocol", port, "protocol");
        slice(labels, "port", port, "port");
        slice(labels, "port_app_protocol", port, "appProtocol");
        JsonNode conditions = endpoint.path("conditions");
        slice(labels, "endpoint_conditions_ready", conditions, "ready");
        slice(labels, "endpoint_conditions_serving", conditions, "serving");
        slice(labels, "endpoint_conditions_terminating", conditions, "terminating");
        slice(labels, "endpoint_hostname", endpoint, "hostname");
        slice(labels, "endpoint_node_name", endpoint, "nodeName");
        slice(labels, "endpoint_zone", endpoint, "zone");
        slice(labels, "address_target_kind", reference, "kind");
        slice(labels, "address_target_name", reference, "name");
        for (Map.Entry<String, JsonNode> entry : endpoint.path("deprecatedTopology").properties()) {
            String name = MetaLabels.sanitized(entry.getKey());
            String prefix = "endpointslice_endpoint_topology_";
            MetaLabels.set(labels, prefix + name, entry.getValue().asString(""));
            MetaLabels.set(labels, prefix + "present_" + name, "true");
        }
        boolean isNode = MetaLabels.text(reference, "kind").equals("Node");
        metadata.node(labels, isNode ? MetaLabels.text(reference, "name") : node);
        pods.attach(labels, reference, number);
        targets.add(MetaLabels.target(number == 0 ? host : Addresses.of(host, number), labels));
    }

    private static void slice(Labels.Builder labels, String name, JsonNode from, String field) {
        MetaLabels.set(labels, "endpointslice_" + name, MetaLabels.text(from, field));
    }
}

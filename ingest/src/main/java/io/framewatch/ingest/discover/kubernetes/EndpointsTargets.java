package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Role `endpoints`: one target for each port of each address, and the other ports of their pods.
final class EndpointsTargets {

    private final Metadata metadata;
    private final BackingPods pods;
    private final List<TargetGroup> targets = new ArrayList<>();
    private final Labels shared;

    private EndpointsTargets(JsonNode endpoints, Metadata metadata) {
        this.metadata = metadata;
        this.pods = new BackingPods(metadata);
        this.shared =
                ServiceTargets.shared(endpoints, "endpoints", MetaLabels.name(endpoints), metadata);
    }

    static List<TargetGroup> of(JsonNode endpoints, Metadata metadata) {
        EndpointsTargets one = new EndpointsTargets(endpoints, metadata);
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode port : subset.path("ports")) {
                subset.path("addresses").forEach(address -> one.add(address, port, true));
                subset.path("notReadyAddresses").forEach(address -> one.add(address, port, false));
            }
        }
        one.pods.addRest(one.targets, one.shared);
        return one.targets;
    }

    private void add(JsonNode address, JsonNode port, boolean ready) {
        Labels.Builder labels = shared.toBuilder();
        int number = port.path("port").asInt(0);
        JsonNode reference = address.path("targetRef");
        MetaLabels.set(labels, "endpoint_port_name", MetaLabels.text(port, "name"));
        MetaLabels.set(labels, "endpoint_port_protocol", MetaLabels.text(port, "protocol"));
        MetaLabels.set(labels, "endpoint_ready", Boolean.toString(ready));
        MetaLabels.set(labels, "endpoint_address_target_kind", MetaLabels.text(reference, "kind"));
        MetaLabels.set(labels, "endpoint_address_target_name", MetaLabels.text(reference, "name"));
        MetaLabels.set(labels, "endpoint_node_name", MetaLabels.text(address, "nodeName"));
        MetaLabels.set(labels, "endpoint_hostname", MetaLabels.text(address, "hostname"));
        metadata.node(labels, MetaLabels.text(address, "nodeName"));
        pods.attach(labels, reference, number);
        targets.add(
                MetaLabels.target(Addresses.of(MetaLabels.text(address, "ip"), number), labels));
    }
}

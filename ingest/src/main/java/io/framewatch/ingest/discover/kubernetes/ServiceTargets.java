package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Role `service`: one target for each port of each service, at its name in the cluster's DNS.
final class ServiceTargets {

    private ServiceTargets() {}

    static List<TargetGroup> of(JsonNode service, Metadata metadata) {
        Labels.Builder common = new Labels.Builder();
        serviceLabels(common, service);
        metadata.namespace(common, MetaLabels.namespace(service));
        JsonNode spec = service.path("spec");
        String type = MetaLabels.text(spec, "type");
        MetaLabels.set(common, "service_type", type);
        boolean external = type.equals("ExternalName");
        MetaLabels.set(
                common,
                external ? "service_external_name" : "service_cluster_ip",
                MetaLabels.text(spec, external ? "externalName" : "clusterIP"));
        if (type.equals("LoadBalancer")) {
            MetaLabels.set(common, "service_loadbalancer_ip", balancers(service));
        }
        Labels shared = common.build();
        String host = MetaLabels.name(service) + "." + MetaLabels.namespace(service) + ".svc";
        List<TargetGroup> targets = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            Labels.Builder labels = shared.toBuilder();
            MetaLabels.set(labels, "service_port_name", MetaLabels.text(port, "name"));
            MetaLabels.set(labels, "service_port_number", MetaLabels.text(port, "port"));
            MetaLabels.set(labels, "service_port_protocol", MetaLabels.text(port, "protocol"));
            String address = Addresses.of(host, port.path("port").asInt(0));
            targets.add(MetaLabels.target(address, labels));
        }
        return targets;
    }

    /// The labels of a service as such.
    static void serviceLabels(Labels.Builder labels, JsonNode service) {
        MetaLabels.set(labels, "namespace", MetaLabels.namespace(service));
        MetaLabels.object(labels, "service", service);
    }

    /// What all targets behind a service share: the labels of `object`, which names them in `role`,
    /// of the service itself where it is known, and of the namespace.
    static Labels shared(JsonNode object, String role, String service, Metadata metadata) {
        Labels.Builder labels = new Labels.Builder();
        String namespace = MetaLabels.namespace(object);
        MetaLabels.set(labels, "namespace", namespace);
        MetaLabels.object(labels, role, object);
        JsonNode known = metadata.cluster().find(Kind.SERVICE, namespace, service);
        if (known != null) {
            serviceLabels(labels, known);
        }
        metadata.namespace(labels, namespace);
        return labels.build();
    }

    private static String balancers(JsonNode service) {
        List<String> ips = new ArrayList<>();
        for (JsonNode one : service.path("status").path("loadBalancer").path("ingress")) {
            String ip = MetaLabels.text(one, "ip");
            if (!ip.isEmpty()) {
                ips.add(ip);
            }
        }
        return ips.isEmpty()
                ? MetaLabels.text(service.path("spec"), "loadBalancerIP")
                : String.join(",", ips);
    }
}

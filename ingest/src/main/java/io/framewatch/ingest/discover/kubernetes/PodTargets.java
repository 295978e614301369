package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// Role `pod`: one target for each port of each container.
final class PodTargets {

    private PodTargets() {}

    static List<TargetGroup> of(JsonNode pod, Metadata metadata) {
        String ip = ip(pod);
        if (ip.isEmpty()) {
            return List.of();
        }
        Labels.Builder common = new Labels.Builder();
        MetaLabels.set(common, "namespace", MetaLabels.namespace(pod));
        podLabels(common, pod);
        metadata.namespace(common, MetaLabels.namespace(pod));
        metadata.node(common, MetaLabels.text(pod.path("spec"), "nodeName"));
        metadata.owners(common, pod);
        Labels shared = common.build();
        List<TargetGroup> targets = new ArrayList<>();
        for (JsonNode container : pod.path("spec").path("containers")) {
            container(targets, pod, container, false, shared);
        }
        for (JsonNode container : pod.path("spec").path("initContainers")) {
            container(targets, pod, container, true, shared);
        }
        return targets;
    }

    private static void container(
            List<TargetGroup> targets,
            JsonNode pod,
            JsonNode container,
            boolean init,
            Labels shared) {
        Labels.Builder own = shared.toBuilder();
        containerLabels(own, container, init);
        MetaLabels.set(own, "pod_container_id", containerId(pod, container, init));
        Labels labels = own.build();
        JsonNode ports = container.path("ports");
        if (ports.isEmpty()) {
            targets.add(new TargetGroup(List.of(ip(pod)), labels));
        }
        for (JsonNode port : ports) {
            Labels.Builder builder = labels.toBuilder();
            portLabels(builder, port);
            int number = port.path("containerPort").asInt(0);
            targets.add(MetaLabels.target(Addresses.of(ip(pod), number), builder));
        }
    }

    static String ip(JsonNode pod) {
        return MetaLabels.text(pod.path("status"), "podIP");
    }

    /// The labels of a pod as such.
    static void podLabels(Labels.Builder labels, JsonNode pod) {
        JsonNode status = pod.path("status");
        MetaLabels.object(labels, "pod", pod);
        MetaLabels.set(labels, "pod_ip", ip(pod));
        MetaLabels.set(labels, "pod_ready", ready(status));
        MetaLabels.set(labels, "pod_phase", MetaLabels.text(status, "phase"));
        MetaLabels.set(labels, "pod_node_name", MetaLabels.text(pod.path("spec"), "nodeName"));
        MetaLabels.set(labels, "pod_host_ip", MetaLabels.text(status, "hostIP"));
        MetaLabels.set(labels, "pod_uid", MetaLabels.text(pod.path("metadata"), "uid"));
        JsonNode controller = MetaLabels.controller(pod);
        if (controller != null) {
            MetaLabels.set(labels, "pod_controller_kind", MetaLabels.text(controller, "kind"));
            MetaLabels.set(labels, "pod_controller_name", MetaLabels.text(controller, "name"));
        }
    }

    static void containerLabels(Labels.Builder labels, JsonNode container, boolean init) {
        MetaLabels.set(labels, "pod_container_name", MetaLabels.text(container, "name"));
        MetaLabels.set(labels, "pod_container_image", MetaLabels.text(container, "image"));
        MetaLabels.set(labels, "pod_container_init", Boolean.toString(init));
    }

    static void portLabels(Labels.Builder labels, JsonNode port) {
        MetaLabels.set(labels, "pod_container_port_name", MetaLabels.text(port, "name"));
        MetaLabels.set(labels, "pod_container_port_number", MetaLabels.text(port, "containerPort"));
        MetaLabels.set(labels, "pod_container_port_protocol", MetaLabels.text(port, "protocol"));
    }

    private static String ready(JsonNode status) {
        for (JsonNode condition : status.path("conditions")) {
            if (MetaLabels.text(condition, "type").equals("Ready")) {
                return MetaLabels.text(condition, "status").toLowerCase(Locale.ROOT);
            }
        }
        return "unknown";
    }

    private static String containerId(JsonNode pod, JsonNode container, boolean init) {
        String field = init ? "initContainerStatuses" : "containerStatuses";
        for (JsonNode status : pod.path("status").path(field)) {
            if (MetaLabels.text(status, "name").equals(MetaLabels.text(container, "name"))) {
                return MetaLabels.text(status, "containerID");
            }
        }
        return "";
    }
}

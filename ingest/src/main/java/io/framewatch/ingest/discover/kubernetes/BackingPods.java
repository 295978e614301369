package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.discover.find.Addresses;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The pods behind the endpoints of one object: endpoints get their pods' labels, and container
/// ports that no endpoint names become targets too. Used for one object.
final class BackingPods {

    private record Container(JsonNode node, boolean init) {}

    private record Seen(JsonNode pod, Set<Integer> ports) {}

    private final Metadata metadata;
    private final Map<String, Seen> pods = new LinkedHashMap<>();

    BackingPods(Metadata metadata) {
        this.metadata = metadata;
    }

    /// Adds the labels of the pod that `reference` names, if it is one, and of its container that
    /// has `port` (0 for an endpoint without one).
    void attach(Labels.Builder labels, JsonNode reference, int port) {
        JsonNode pod = pod(reference);
        if (pod == null) {
            return;
        }
        PodTargets.podLabels(labels, pod);
        metadata.owners(labels, pod);
        Seen seen = pods.computeIfAbsent(ObjectWatch.key(pod), _ -> new Seen(pod, new HashSet<>()));
        if (port == 0) {
            return;
        }
        seen.ports.add(port);
        for (Container container : containers(pod)) {
            for (JsonNode declared : container.node.path("ports")) {
                if (declared.path("containerPort").asInt(0) == port) {
                    PodTargets.containerLabels(labels, container.node, container.init);
                    PodTargets.portLabels(labels, declared);
                    break;
                }
            }
        }
    }

    private @Nullable JsonNode pod(JsonNode reference) {
        if (!MetaLabels.text(reference, "kind").equals("Pod")) {
            return null;
        }
        return metadata.cluster()
                .find(
                        Kind.POD,
                        MetaLabels.text(reference, "namespace"),
                        MetaLabels.text(reference, "name"));
    }

    /// A target for each container port that no endpoint named; `shared` are the labels of all.
    void addRest(List<TargetGroup> targets, Labels shared) {
        for (Seen seen : pods.values()) {
            String ip = PodTargets.ip(seen.pod);
            if (ip.isEmpty()) {
                continue;
            }
            for (Container container : containers(seen.pod)) {
                for (JsonNode port : container.node.path("ports")) {
                    int number = port.path("containerPort").asInt(0);
                    if (!seen.ports.contains(number)) {
                        Labels.Builder labels = shared.toBuilder();
                        PodTargets.podLabels(labels, seen.pod);
                        metadata.owners(labels, seen.pod);
                        PodTargets.containerLabels(labels, container.node, container.init);
                        PodTargets.portLabels(labels, port);
                        targets.add(MetaLabels.target(Addresses.of(ip, number), labels));
                    }
                }
            }
        }
    }

    /// The containers that run all the time: sidecars stand among the init containers.
    private static List<Container> containers(JsonNode pod) {
        List<Container> all = new ArrayList<>();
        pod.path("spec").path("containers").forEach(one -> all.add(new Container(one, false)));
        for (JsonNode one : pod.path("spec").path("initContainers")) {
            if (MetaLabels.text(one, "restartPolicy").equals("Always")) {
                all.add(new Container(one, true));
            }
        }
        return all;
    }
}

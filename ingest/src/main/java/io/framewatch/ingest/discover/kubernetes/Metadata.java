package io.framewatch.ingest.discover.kubernetes;

import io.framewatch.ingest.config.KubernetesDiscovery.Attach;
import io.framewatch.model.Labels;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Adds the metadata of other objects, as `attach_metadata` asks.
record Metadata(Cluster cluster, Attach attach) {

    /// Labels and annotations of a namespace.
    void namespace(Labels.Builder labels, String name) {
        JsonNode object = attach.namespace() ? cluster.find(Kind.NAMESPACE, "", name) : null;
        if (object != null) {
            MetaLabels.labelsAndAnnotations(labels, "namespace", object);
        }
    }

    /// Name, labels and annotations of a node.
    void node(Labels.Builder labels, String name) {
        JsonNode object = attach.node() ? cluster.find(Kind.NODE, "", name) : null;
        if (object != null) {
            MetaLabels.object(labels, "node", object);
        }
    }

    /// What a pod's controller belongs to: its deployment, its job, its cron job.
    void owners(Labels.Builder labels, JsonNode pod) {
        JsonNode controller = MetaLabels.controller(pod);
        if (controller == null) {
            return;
        }
        String name = MetaLabels.text(controller, "name");
        switch (MetaLabels.text(controller, "kind")) {
            case "ReplicaSet" -> {
                if (attach.deployment()) {
                    above(labels, Kind.REPLICASET, pod, name, "Deployment", "pod_deployment_name");
                }
            }
            case "Job" -> {
                if (attach.job()) {
                    MetaLabels.set(labels, "pod_job_name", name);
                }
                if (attach.cronjob()) {
                    above(labels, Kind.JOB, pod, name, "CronJob", "pod_cronjob_name");
                }
            }
            default -> {}
        }
    }

    private void above(
            Labels.Builder labels,
            Kind kind,
            JsonNode pod,
            String name,
            String wanted,
            String label) {
        JsonNode between = cluster.find(kind, MetaLabels.namespace(pod), name);
        @Nullable JsonNode top = between == null ? null : MetaLabels.controller(between);
        if (top != null && MetaLabels.text(top, "kind").equals(wanted)) {
            MetaLabels.set(labels, label, MetaLabels.text(top, "name"));
        }
    }
}

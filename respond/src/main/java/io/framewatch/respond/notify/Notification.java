package io.framewatch.respond.notify;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.util.List;
import java.util.function.Function;

/// What is told: one group of alerts as it stands. Immutable.
///
/// @param tenant whose alerts
/// @param receiver name of the receiver
/// @param groupKey names the group, as in Alertmanager: route key, colon, group labels
/// @param groupLabels what the alerts were grouped by
/// @param alerts firing and resolved alerts, sorted by labels, not empty
/// @param atMs when the group was looked at, Unix milliseconds
public record Notification(
        Tenant tenant,
        String receiver,
        String groupKey,
        Labels groupLabels,
        List<Alert> alerts,
        long atMs) {

    /// `firing` if any alert fires, else `resolved`.
    public String status() {
        return firing().isEmpty() ? "resolved" : "firing";
    }

    /// The alerts that fire.
    public List<Alert> firing() {
        return alerts.stream().filter(alert -> alert.state() == Alert.State.FIRING).toList();
    }

    /// The alerts that are resolved.
    public List<Alert> resolved() {
        return alerts.stream().filter(alert -> alert.state() == Alert.State.RESOLVED).toList();
    }

    /// The labels that all alerts share.
    public Labels commonLabels() {
        return common(Alert::labels);
    }

    /// The annotations that all alerts share.
    public Labels commonAnnotations() {
        return common(Alert::annotations);
    }

    private Labels common(Function<Alert, Labels> part) {
        Labels.Builder common = part.apply(alerts.getFirst()).toBuilder();
        for (Alert alert : alerts) {
            Labels other = part.apply(alert);
            for (String name : common.names()) {
                if (!other.get(name).equals(common.get(name))) {
                    common.remove(name);
                }
            }
        }
        return common.build();
    }
}

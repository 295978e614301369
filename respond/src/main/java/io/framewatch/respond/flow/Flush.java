package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.respond.notify.Notification;
import io.framewatch.respond.route.Route;
import java.util.List;

/// One look at a group that is due. Immutable.
///
/// @param tenant whose alerts
/// @param route the route that gathered them
/// @param groupLabels what they share by the route's grouping
/// @param alerts firing and resolved ones, sorted by labels
/// @param nowMs when, Unix milliseconds
public record Flush(
        Tenant tenant, Route route, Labels groupLabels, List<Alert> alerts, long nowMs) {

    /// The group's name as receivers see it.
    public String groupKey() {
        return route.key() + ":" + groupLabels;
    }

    /// The group's name among those of all tenants.
    public String groupId() {
        return tenant + " " + groupKey();
    }

    /// The same look with fewer alerts.
    public Flush with(List<Alert> fewer) {
        return new Flush(tenant, route, groupLabels, fewer, nowMs);
    }

    /// What a receiver is told; there has to be an alert.
    public Notification notification() {
        return new Notification(tenant, route.receiver(), groupKey(), groupLabels, alerts, nowMs);
    }
}

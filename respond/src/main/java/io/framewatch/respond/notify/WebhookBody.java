package io.framewatch.respond.notify;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Alertmanager's webhook message, version 4
/// (<https://prometheus.io/docs/alerting/latest/configuration/#webhook_config>).
final class WebhookBody {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NEVER = "0001-01-01T00:00:00Z";

    private WebhookBody() {}

    /// The message in UTF-8, with at most `alertsMax` alerts unless that is 0.
    static byte[] of(Notification notification, int alertsMax, String externalUrl) {
        List<Alert> alerts = notification.alerts();
        int shown = alertsMax == 0 ? alerts.size() : Math.min(alertsMax, alerts.size());
        ObjectNode body = NODES.objectNode();
        body.put("receiver", notification.receiver());
        body.put("status", notification.status());
        ArrayNode list = body.putArray("alerts");
        alerts.subList(0, shown).forEach(alert -> list.add(alert(alert)));
        body.set("groupLabels", labels(notification.groupLabels()));
        body.set("commonLabels", labels(notification.commonLabels()));
        body.set("commonAnnotations", labels(notification.commonAnnotations()));
        body.put("externalURL", externalUrl);
        body.put("version", "4");
        body.put("groupKey", notification.groupKey());
        body.put("truncatedAlerts", alerts.size() - shown);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode alert(Alert alert) {
        boolean resolved = alert.state() == Alert.State.RESOLVED;
        ObjectNode node = NODES.objectNode();
        node.put("status", resolved ? "resolved" : "firing");
        node.set("labels", labels(alert.labels()));
        node.set("annotations", labels(alert.annotations()));
        node.put("startsAt", time(alert.firedAtMs() > 0 ? alert.firedAtMs() : alert.activeAtMs()));
        node.put("endsAt", resolved ? time(alert.resolvedAtMs()) : NEVER);
        node.put("generatorURL", alert.generatorUrl());
        node.put("fingerprint", Fingerprint.of(alert.labels()));
        return node;
    }

    private static String time(long atMs) {
        return Instant.ofEpochMilli(atMs).toString();
    }

    private static ObjectNode labels(Labels labels) {
        ObjectNode node = NODES.objectNode();
        labels.forEach(node::put);
        return node;
    }
}

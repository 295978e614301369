package io.framewatch.respond;

import io.framewatch.model.Tenant;
import io.framewatch.respond.journal.AlertJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Inbox entries as JSON objects of the inbox's file.
final class InboxJson {

    private InboxJson() {}

    static ObjectNode write(InboxEntry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", entry.id());
        node.put("tenant", entry.tenant().id());
        node.put("groupKey", entry.groupKey());
        node.put("receiver", entry.receiver());
        node.set("groupLabels", AlertJson.labels(entry.groupLabels()));
        node.set("alerts", AlertJson.write(entry.alerts()));
        node.put("alertsTotal", entry.alertsTotal());
        node.put("notifiedAt", entry.notifiedAtMs());
        node.put("updatedAt", entry.updatedAtMs());
        node.put("resolvedAt", entry.resolvedAtMs());
        ArrayNode channels = node.putArray("channels");
        for (ChannelResult result : entry.channels()) {
            channels.addObject()
                    .put("channel", result.channel())
                    .put("status", result.status().name())
                    .put("attempts", result.attempts())
                    .put("at", result.atMs())
                    .put("nextAttempt", result.nextAttemptMs())
                    .put("detail", result.detail());
        }
        return node;
    }

    static InboxEntry read(JsonNode node) {
        List<ChannelResult> channels = new ArrayList<>();
        for (JsonNode result : node.path("channels").values()) {
            channels.add(
                    new ChannelResult(
                            result.path("channel").asString(""),
                            status(result.path("status").asString("")),
                            result.path("attempts").asInt(0),
                            result.path("at").asLong(0),
                            result.path("nextAttempt").asLong(0),
                            result.path("detail").asString("")));
        }
        return new InboxEntry(
                node.path("id").asString(""),
                new Tenant(node.path("tenant").asString(Tenant.DEFAULT.id())),
                node.path("groupKey").asString(""),
                node.path("receiver").asString(""),
                AlertJson.labels(node.path("groupLabels")),
                AlertJson.readAll(node.path("alerts")),
                node.path("alertsTotal").asInt(0),
                node.path("notifiedAt").asLong(0),
                node.path("updatedAt").asLong(0),
                node.path("resolvedAt").asLong(0),
                List.copyOf(channels));
    }

    private static ChannelResult.Status status(String word) {
        for (ChannelResult.Status status : ChannelResult.Status.values()) {
            if (status.name().equals(word)) {
                return status;
            }
        }
        return ChannelResult.Status.WAITING;
    }
}

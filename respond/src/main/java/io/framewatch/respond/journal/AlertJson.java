package io.framewatch.respond.journal;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Alerts and labels as JSON objects of the files in the data folder. Times are Unix milliseconds;
/// the value is text, since JSON has no NaN.
public final class AlertJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AlertJson() {}

    /// Labels as an object of names and values.
    public static ObjectNode labels(Labels labels) {
        ObjectNode node = NODES.objectNode();
        labels.forEach(node::put);
        return node;
    }

    /// Labels from an object.
    public static Labels labels(JsonNode node) {
        Labels.Builder labels = new Labels.Builder();
        node.properties()
                .forEach(field -> labels.set(field.getKey(), field.getValue().asString("")));
        return labels.build();
    }

    /// An alert as an object.
    public static ObjectNode write(Alert alert) {
        ObjectNode node = NODES.objectNode();
        node.set("labels", labels(alert.labels()));
        node.set("annotations", labels(alert.annotations()));
        node.put("state", alert.state().name().toLowerCase(Locale.ROOT));
        node.put("activeAt", alert.activeAtMs());
        node.put("firedAt", alert.firedAtMs());
        node.put("resolvedAt", alert.resolvedAtMs());
        node.put("value", Double.toString(alert.value()));
        node.put("generatorUrl", alert.generatorUrl());
        return node;
    }

    /// An alert from an object; what is missing reads as empty or 0.
    public static Alert read(JsonNode node) {
        return new Alert(
                labels(node.path("labels")),
                labels(node.path("annotations")),
                state(node.path("state").asString("firing")),
                node.path("activeAt").asLong(0),
                node.path("firedAt").asLong(0),
                node.path("resolvedAt").asLong(0),
                number(node.path("value").asString("0")),
                node.path("generatorUrl").asString(""));
    }

    /// Alerts as a list.
    public static ArrayNode write(List<Alert> alerts) {
        ArrayNode node = NODES.arrayNode();
        alerts.forEach(alert -> node.add(write(alert)));
        return node;
    }

    /// Alerts from a list.
    public static List<Alert> readAll(JsonNode list) {
        List<Alert> alerts = new ArrayList<>();
        list.values().forEach(node -> alerts.add(read(node)));
        return List.copyOf(alerts);
    }

    private static Alert.State state(String word) {
        return switch (word) {
            case "pending" -> Alert.State.PENDING;
            case "resolved" -> Alert.State.RESOLVED;
            default -> Alert.State.FIRING;
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

package io.framewatch.respond;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.respond.flow.TenantAlert;
import io.framewatch.respond.journal.AlertJson;
import io.framewatch.respond.journal.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The open alerts on disk: a line when one begins to fire, is resolved, or is told to everybody
/// and gone. Thread safe.
final class AlertJournal implements AutoCloseable {

    private static final int LINES_MAX = 20_000;

    private final JsonLines file;
    private final Map<Tenant, List<Alert>> restored = new LinkedHashMap<>();

    AlertJournal(Path path) {
        List<JsonNode> lines = new ArrayList<>();
        this.file = JsonLines.open(path, lines);
        Map<Tenant, Map<Labels, Alert>> open = new LinkedHashMap<>();
        for (JsonNode line : lines) {
            Tenant tenant = new Tenant(line.path("tenant").asString(Tenant.DEFAULT.id()));
            Map<Labels, Alert> alerts = open.computeIfAbsent(tenant, _ -> new LinkedHashMap<>());
            if (line.has("gone")) {
                alerts.remove(AlertJson.labels(line.path("gone")));
            } else {
                Alert alert = AlertJson.read(line.path("alert"));
                alerts.put(alert.labels(), alert);
            }
        }
        open.forEach((tenant, alerts) -> restored.put(tenant, List.copyOf(alerts.values())));
        List<ObjectNode> kept = new ArrayList<>();
        restored.forEach((tenant, alerts) -> alerts.forEach(a -> kept.add(line(tenant, a))));
        file.rewrite(kept);
    }

    /// The alerts open when the file was opened, by tenant.
    Map<Tenant, List<Alert>> restored() {
        return restored;
    }

    /// Writes alerts down; returns when they are on disk.
    void append(Tenant tenant, List<Alert> alerts) {
        file.append(alerts.stream().map(alert -> line(tenant, alert)).toList());
    }

    /// Writes down that alerts are told to everybody and gone; `open` gives those that are not, for
    /// when the file has grown enough to be written anew.
    void forget(Tenant tenant, List<Labels> alerts, Supplier<List<TenantAlert>> open) {
        file.append(alerts.stream().map(labels -> gone(tenant, labels)).toList());
        if (file.lines() > LINES_MAX) {
            List<TenantAlert> left = open.get();
            if (left.size() < LINES_MAX / 2) {
                file.rewrite(left.stream().map(a -> line(a.tenant(), a.alert())).toList());
            }
        }
    }

    private static ObjectNode line(Tenant tenant, Alert alert) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("tenant", tenant.id());
        line.set("alert", AlertJson.write(alert));
        return line;
    }

    private static ObjectNode gone(Tenant tenant, Labels labels) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("tenant", tenant.id());
        line.set("gone", AlertJson.labels(labels));
        return line;
    }

    @Override
    public void close() {
        file.close();
    }
}

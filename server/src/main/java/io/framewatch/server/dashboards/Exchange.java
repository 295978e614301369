package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// What Grafana exports and imports: a dashboard to be shared names its data sources as `__inputs`
/// that the one who imports it fills in, and carries its library panels as `__elements`.
public final class Exchange {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final int bytesMax;
    private long left;

    /// @param bytesMax how much filling in may add
    private Exchange(int bytesMax) {
        this.bytesMax = bytesMax;
        this.left = bytesMax;
    }

    /// Counts what filling in adds: a short text may stand for a long one many times.
    private void spend(long characters) {
        left -= characters;
        if (left < 0) {
            throw TenantBoards.tooLarge(bytesMax);
        }
    }

    /// A data source as far as imports and exports need it.
    ///
    /// @param uid its uid
    /// @param type `prometheus`, `loki` and their like
    /// @param name what people call it
    public record Source(String uid, String type, String name) {}

    /// A dashboard with its inputs filled in and its library panels put in place.
    ///
    /// An input nobody names a value for is filled with the first data source of its type, or with
    /// the constant it carries. Throws `import_inputs` naming those that are left, or
    /// `dashboard_too_large`.
    ///
    /// @param board the export; belongs to this method from then on
    /// @param values values by the inputs' names
    /// @param sources data sources that are there, the preferred ones first
    /// @param bytesMax how long it may become
    public static ObjectNode imported(
            ObjectNode board, Map<String, String> values, List<Source> sources, int bytesMax) {
        Exchange exchange = new Exchange(bytesMax);
        Map<String, String> filled = filled(board.path("__inputs"), values, sources);
        JsonNode elements = board.path("__elements");
        ObjectNode whole = (ObjectNode) exchange.inlined(board, elements);
        whole.remove(List.of("__inputs", "__requires", "__elements"));
        return (ObjectNode) exchange.replaced(whole, filled);
    }

    private static Map<String, String> filled(
            JsonNode inputs, Map<String, String> values, List<Source> sources) {
        Map<String, String> filled = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (JsonNode input : inputs) {
            String name = input.path("name").asString("");
            String plugin = input.path("pluginId").asString("");
            String value = values.get(name);
            if (value == null && input.path("type").asString("").equals("datasource")) {
                value =
                        sources.stream()
                                .filter(each -> each.type().equals(plugin))
                                .map(Source::uid)
                                .findFirst()
                                .orElse(null);
            } else if (value == null && input.path("value").isValueNode()) {
                value = input.path("value").asString("");
            }
            if (value == null) {
                missing.add(name + " (" + plugin + ")");
            } else {
                filled.put("${" + name + "}", value);
            }
        }
        if (!missing.isEmpty()) {
            throw new FaultException(
                    Fault.caller(
                            "import_inputs",
                            "The dashboard wants data sources that are not here: "
                                    + String.join(", ", missing)
                                    + ".",
                            "Send `inputs` with the uid of a data source for each name."));
        }
        return filled;
    }

    /// The tree with library panels replaced by what they stand for.
    private JsonNode inlined(JsonNode node, JsonNode elements) {
        if (elements.isEmpty()) {
            return node;
        }
        if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, inlined(list.get(i), elements));
            }
        } else if (node instanceof ObjectNode object) {
            String uid = object.path("libraryPanel").path("uid").asString("");
            if (elements.path(uid).path("model") instanceof ObjectNode model && !uid.isEmpty()) {
                spend(model.toString().length());
                ObjectNode panel = model.deepCopy();
                panel.set("id", object.path("id"));
                panel.set("gridPos", object.path("gridPos"));
                return panel;
            }
            for (String name : List.of("panels", "rows")) {
                if (object.has(name)) {
                    object.set(name, inlined(object.get(name), elements));
                }
            }
        }
        return node;
    }

    /// The tree with texts replaced, wherever they stand in a text.
    private JsonNode replaced(JsonNode node, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return node;
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(replaced(field.getValue(), texts));
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, replaced(list.get(i), texts));
            }
        } else if (node instanceof StringNode text && text.asString().contains("${")) {
            String result = text.asString();
            for (Map.Entry<String, String> each : texts.entrySet()) {
                spend((long) count(result, each.getKey()) * each.getValue().length());
                result = result.replace(each.getKey(), each.getValue());
            }
            return NODES.stringNode(result);
        }
        return node;
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /// A copy fit to be imported elsewhere: data sources become inputs, what it needs is named.
    ///
    /// @param sources data sources that are there
    public static ObjectNode shared(ObjectNode board, List<Source> sources) {
        Map<String, Source> byUid = new HashMap<>();
        sources.forEach(each -> byUid.put(each.uid(), each));
        Map<String, Source> used = new LinkedHashMap<>();
        ObjectNode copy = board.deepCopy();
        name(copy, byUid, used);
        ObjectNode shared = BoardJson.object();
        ArrayNode inputs = shared.putArray("__inputs");
        used.forEach((name, source) -> {
            ObjectNode input = inputs.addObject();
            input.put("name", name).put("label", source.name()).put("description", "");
            input.put("type", "datasource").put("pluginId", source.type());
            input.put("pluginName", source.type());
        });
        requires(shared.putArray("__requires"), copy, used);
        shared.setAll(copy);
        shared.set("id", NODES.nullNode());
        return shared;
    }

    private static void name(JsonNode node, Map<String, Source> known, Map<String, Source> used) {
        if (node.get("datasource") instanceof ObjectNode reference) {
            Source source = known.get(reference.path("uid").asString(""));
            if (source != null) {
                reference.put("uid", "${" + input(source, used) + "}");
            }
        }
        for (JsonNode child : node) {
            name(child, known, used);
        }
    }

    private static String input(Source source, Map<String, Source> used) {
        String name = "DS_" + source.uid().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
        used.put(name, source);
        return name;
    }

    private static void requires(ArrayNode list, JsonNode board, Map<String, Source> used) {
        ObjectNode grafana = list.addObject().put("type", "grafana").put("id", "grafana");
        grafana.put("name", "Grafana").put("version", "");
        Set<String> types = new TreeSet<>();
        used.values().forEach(each -> types.add(each.type()));
        for (String type : types) {
            list.addObject().put("type", "datasource").put("id", type).put("name", type);
        }
        Set<String> panels = new TreeSet<>();
        panelTypes(board.path("panels"), panels);
        for (String type : panels) {
            list.addObject().put("type", "panel").put("id", type).put("name", type);
        }
    }

    private static void panelTypes(JsonNode panels, Set<String> into) {
        for (JsonNode panel : panels) {
            String type = panel.path("type").asString("");
            if (!type.isEmpty() && !type.equals("row")) {
                into.add(type);
            }
            panelTypes(panel.path("panels"), into);
        }
    }
}

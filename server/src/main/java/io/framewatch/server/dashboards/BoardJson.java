package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes dashboard JSON within bounds, losing no digit of any number. Thread safe.
public final class BoardJson {

    private static final int TITLE_LENGTH_MAX = 500;
    private static final int TAGS_MAX = 100;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(BoardLimits.DEPTH_MAX + 10)
                                                    .build())
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private BoardJson() {}

    /// An empty object.
    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// The JSON object in `bytes`. Throws `dashboard_invalid`, naming line and column.
    public static ObjectNode read(byte[] bytes) {
        try {
            if (JSON.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw invalid("1:1: not a JSON object", null);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String place = at == null ? "" : at.getLineNr() + ":" + at.getColumnNr() + ": ";
            throw invalid(place + oneLine(e.getOriginalMessage()), e);
        }
    }

    private static String oneLine(String text) {
        String line = text.lines().findFirst().orElse("not JSON");
        return line.length() > 200 ? line.substring(0, 200) : line;
    }

    private static FaultException invalid(
            String what, @org.jspecify.annotations.Nullable Exception cause) {
        Fault fault =
                Fault.caller(
                        "dashboard_invalid",
                        "The dashboard cannot be read: " + what + ".",
                        "Send a dashboard in Grafana's classic JSON.");
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }

    /// The bytes of a tree, indented for people and version control.
    public static byte[] pretty(JsonNode tree) {
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        return (text + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /// The bytes of a tree on one line.
    public static byte[] compact(JsonNode tree) {
        return JSON.writeValueAsBytes(tree);
    }

    /// The dashboard itself, also inside what Grafana answers or keeps (`{"dashboard":...}`,
    /// `{"spec":...}` of version 1). Throws `dashboard_invalid` for what is no classic dashboard.
    public static ObjectNode unwrapped(ObjectNode given) {
        ObjectNode inner = given;
        if (given.get("dashboard") instanceof ObjectNode wrapped) {
            inner = wrapped;
        } else if (given.get("spec") instanceof ObjectNode spec && !given.has("panels")) {
            inner = spec;
            if (inner.path("title").isString() && !inner.has("uid")) {
                inner.set("uid", given.path("metadata").path("name"));
            }
        }
        check(inner);
        return inner;
    }

    /// Throws `dashboard_invalid` unless this is a classic dashboard.
    static void check(ObjectNode board) {
        if (board.has("elements") && board.has("layout")) {
            throw invalid("it is in Grafana's new schema (v2), which is not read here", null);
        }
        if (!board.path("panels").isArray() && !board.path("rows").isArray()) {
            throw invalid("it has neither `panels` nor `rows`", null);
        }
        String title = board.path("title").asString("");
        if (title.isBlank() || title.length() > TITLE_LENGTH_MAX) {
            throw invalid("its `title` is missing or longer than 500 characters", null);
        }
        if (depth(board, 0) > BoardLimits.DEPTH_MAX) {
            throw invalid("it is nested deeper than " + BoardLimits.DEPTH_MAX, null);
        }
    }

    private static int depth(JsonNode node, int above) {
        int deepest = above;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child, above + 1));
        }
        return deepest;
    }

    /// The dashboard's tags, as many as are looked at.
    static List<String> tags(JsonNode board) {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : board.path("tags")) {
            if (tag.isString() && tags.size() < TAGS_MAX) {
                tags.add(tag.asString());
            }
        }
        return List.copyOf(tags);
    }

    /// The uid inside a dashboard, or a new one that nobody has.
    public static String uidOrNew(JsonNode board) {
        String uid = uid(board);
        return uid.isEmpty() ? Uids.random() : uid;
    }

    /// A number that stands for a uid: 52 bits of its digest, never 0.
    public static long number(String uid) {
        byte[] bytes = uid.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Long.parseLong(Uids.digest(bytes).substring(0, 13), 16) | 1;
    }

    /// The uid inside a dashboard, empty if there is none.
    static String uid(JsonNode board) {
        JsonNode uid = board.path("uid");
        return uid.isString() ? uid.asString() : "";
    }
}

package io.framewatch.query.logql.stage;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/// `unpack`: undoes what a shipper's `pack` did: the strings of a JSON object become labels,
/// `_entry` the line.
public record UnpackParser() implements Stage {

    private static final String ENTRY = "_entry";

    @Override
    public boolean process(LogLine line) {
        JsonNode root = JsonParser.object(line.text());
        if (root == null) {
            line.fail("JSONParserErr", "the line is not a JSON object");
            return true;
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!field.getValue().isString()) {
                continue;
            }
            if (field.getKey().equals(ENTRY)) {
                line.text(field.getValue().stringValue());
            } else {
                line.extract(JsonParser.labelName(field.getKey()), field.getValue().stringValue());
            }
        }
        return true;
    }
}

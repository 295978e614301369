package io.framewatch.ingest.discover;

import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads lists of target groups as files and addresses give them: a list of maps with `targets` and
/// `labels`, in JSON or YAML. All of it is in order, or it is refused.
final class TargetLists {

    private TargetLists() {}

    /// The groups of a YAML text; `labels` are added to each.
    static List<TargetGroup> yaml(String name, String text, Labels labels) throws FindException {
        YamlProblems problems = new YamlProblems();
        YamlValue top = YamlValue.parse(name, text, problems);
        List<TargetGroup> groups = new ArrayList<>();
        for (YamlValue item : top.list()) {
            if (item.isNull()) {
                item.problem("an empty target group");
                continue;
            }
            YamlMap map = item.map();
            List<String> targets = map.texts("targets");
            Labels.Builder own = Labels.of(map.textMap("labels")).toBuilder();
            map.rejectUnknown();
            labels.forEach(own::set);
            groups.add(new TargetGroup(targets, own.build()));
        }
        if (!problems.isEmpty()) {
            throw new FindException(problems.all().getFirst().toString());
        }
        return groups;
    }

    /// The groups of a JSON text; `labels` are added to each.
    static List<TargetGroup> json(byte[] data, int length, Labels labels) throws FindException {
        JsonNode top;
        try {
            top = JsonMapper.shared().readTree(data, 0, length);
        } catch (JacksonException e) {
            throw new FindException("not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!top.isArray()) {
            throw new FindException("a JSON list of target groups is expected");
        }
        List<TargetGroup> groups = new ArrayList<>();
        for (JsonNode item : top) {
            groups.add(group(item, groups.size() + 1, labels));
        }
        return groups;
    }

    /// The groups of a JSON text in UTF-8.
    static List<TargetGroup> json(String text, Labels labels) throws FindException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return json(bytes, bytes.length, labels);
    }

    private static TargetGroup group(JsonNode item, int number, Labels labels)
            throws FindException {
        if (!item.isObject()) {
            throw new FindException("target group " + number + " is not an object");
        }
        for (Map.Entry<String, JsonNode> field : item.properties()) {
            if (!field.getKey().equals("targets") && !field.getKey().equals("labels")) {
                throw new FindException(
                        "target group " + number + " has the unknown key `" + field.getKey() + "`");
            }
        }
        List<String> targets = new ArrayList<>();
        for (JsonNode target : item.path("targets")) {
            targets.add(text(target, "a target of group " + number));
        }
        Labels.Builder own = new Labels.Builder();
        for (Map.Entry<String, JsonNode> label : item.path("labels").properties()) {
            String what = "the label " + label.getKey() + " of target group " + number;
            own.set(label.getKey(), text(label.getValue(), what));
        }
        labels.forEach(own::set);
        return new TargetGroup(targets, own.build());
    }

    private static String text(JsonNode node, String what) throws FindException {
        if (!node.isString()) {
            throw new FindException(what + " is not a text");
        }
        return node.asString();
    }
}

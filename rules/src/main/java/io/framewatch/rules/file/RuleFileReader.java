package io.framewatch.rules.file;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.query.promql.parse.PromqlParser;
import io.framewatch.template.PrometheusFunctions;
import io.framewatch.template.Template;
import io.framewatch.template.TemplateException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads one rule file and notes everything that is wrong with it.
final class RuleFileReader {

    private static final int LIMIT_MAX = 10_000_000;

    private final YamlProblems problems;

    RuleFileReader(YamlProblems problems) {
        this.problems = problems;
    }

    RuleFile read(String name, String text) {
        YamlMap file = YamlValue.parse(name, text, problems).map();
        List<RuleGroup> groups = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (YamlValue each : file.list("groups")) {
            YamlMap map = each.map();
            RuleGroup group = group(map);
            if (!group.name().isEmpty() && !names.add(group.name())) {
                map.keyAt("name").problem("the group `" + group.name() + "` stands here twice");
            }
            groups.add(group);
        }
        file.rejectUnknown();
        return new RuleFile(name, List.copyOf(groups));
    }

    private RuleGroup group(YamlMap map) {
        String name = map.required("name");
        long intervalMs = map.durationMs("interval", 0);
        long queryOffsetMs = map.durationMs("query_offset", -1);
        int limit = (int) map.whole("limit", 0, 0, LIMIT_MAX);
        Map<String, String> labels = labels(map, "labels");
        List<Rule> rules = new ArrayList<>();
        for (YamlValue each : map.list("rules")) {
            rules.add(rule(each.map(), labels));
        }
        map.rejectUnknown();
        return new RuleGroup(name, intervalMs, queryOffsetMs, limit, List.copyOf(rules));
    }

    private Rule rule(YamlMap map, Map<String, String> groupLabels) {
        String record = map.text("record", "");
        String alert = map.text("alert", "");
        String expr = expr(map);
        Map<String, String> own = labels(map, "labels");
        Map<String, String> labels = new LinkedHashMap<>(groupLabels);
        labels.putAll(own);
        long forMs = map.durationMs("for", 0);
        long keepFiringForMs = map.durationMs("keep_firing_for", 0);
        Map<String, String> annotations = labels(map, "annotations");
        if (record.isEmpty() == alert.isEmpty()) {
            map.at().problem("a rule needs either `record` or `alert`");
        }
        Rule rule;
        if (record.isEmpty()) {
            checkTemplates(map, "labels", own);
            checkTemplates(map, "annotations", annotations);
            rule = new Rule.Alerting(alert, expr, forMs, keepFiringForMs, labels, annotations);
        } else {
            checkRecording(map, record);
            rule = new Rule.Recording(record, expr, labels);
        }
        map.rejectUnknown();
        return rule;
    }

    private static void checkRecording(YamlMap map, String record) {
        for (String key : List.of("for", "keep_firing_for", "annotations")) {
            if (map.has(key)) {
                map.keyAt(key).problem("a recording rule has no `" + key + "`");
            }
        }
        if (record.contains("{") || record.contains("}")) {
            map.keyAt("record")
                    .problem("`" + record + "` is no metric name; set labels under `labels`");
        }
    }

    /// The expression; a fault in it is placed in the file as far as the text is written as it is.
    private static String expr(YamlMap map) {
        String expr = map.required("expr");
        if (expr.isEmpty()) {
            return expr;
        }
        try {
            PromqlParser.parse(expr);
        } catch (FaultException e) {
            YamlValue at = map.find("expr");
            if (at != null) {
                at.problem("the expression does not parse: " + withoutStop(e.fault().what()));
            }
        }
        return expr;
    }

    private static Map<String, String> labels(YamlMap map, String key) {
        Map<String, String> labels = map.textMap(key);
        for (String name : labels.keySet()) {
            if (name.isEmpty() || name.equals(Labels.NAME)) {
                map.map(key).keyAt(name).problem("`" + name + "` cannot be set here");
            }
        }
        return labels;
    }

    private static void checkTemplates(YamlMap map, String key, Map<String, String> texts) {
        texts.forEach((name, text) -> {
            try {
                Template.parse(AlertTemplates.PROLOGUE + text, PrometheusFunctions.NAMES);
            } catch (TemplateException e) {
                map.map(key)
                        .keyAt(name)
                        .problem(
                                "the template of `"
                                        + name
                                        + "` does not parse: "
                                        + withoutStop(String.valueOf(e.getMessage())));
            }
        });
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}

package io.framewatch.rules.test;

import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.rules.test.RuleTestFile.AlertCheck;
import io.framewatch.rules.test.RuleTestFile.Case;
import io.framewatch.rules.test.RuleTestFile.ExpectedAlert;
import io.framewatch.rules.test.RuleTestFile.ExpectedSample;
import io.framewatch.rules.test.RuleTestFile.ExpressionCheck;
import io.framewatch.rules.test.RuleTestFile.InputSeries;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// Reads a file of rule tests and notes everything that is wrong with it.
final class RuleTestFileReader {

    private static final long EVALUATION_INTERVAL_MS = 60_000;

    private RuleTestFileReader() {}

    static RuleTestFile read(String name, String text, YamlProblems problems) {
        YamlMap map = YamlValue.parse(name, text, problems).map();
        List<String> ruleFiles = map.texts("rule_files");
        long intervalMs = positive(map, "evaluation_interval", EVALUATION_INTERVAL_MS);
        boolean fuzzy = map.bool("fuzzy_compare", false);
        List<String> order = map.texts("group_eval_order");
        List<Case> cases = new ArrayList<>();
        for (YamlValue each : map.list("tests")) {
            cases.add(oneCase(each.map(), cases.size() + 1, intervalMs));
        }
        map.rejectUnknown();
        return new RuleTestFile(ruleFiles, intervalMs, fuzzy, order, List.copyOf(cases));
    }

    private static long positive(YamlMap map, String key, long otherwiseMs) {
        long ms = map.durationMs(key, otherwiseMs);
        return ms > 0 ? ms : otherwiseMs;
    }

    private static Case oneCase(YamlMap map, int number, long evaluationIntervalMs) {
        Case read =
                new Case(
                        map.text("name", "test " + number),
                        positive(map, "interval", evaluationIntervalMs),
                        start(map),
                        map.list("input_series").stream().map(v -> series(v.map())).toList(),
                        map.list("alert_rule_test").stream().map(v -> alerts(v.map())).toList(),
                        map.list("promql_expr_test").stream()
                                .map(v -> expression(v.map()))
                                .toList(),
                        Labels.of(map.textMap("external_labels")),
                        map.text("external_url", ""));
        map.rejectUnknown();
        return read;
    }

    private static long start(YamlMap map) {
        YamlValue value = map.find("start_timestamp");
        if (value == null) {
            return 0;
        }
        String text = value.text();
        try {
            return text.matches("-?\\d{1,15}")
                    ? Long.parseLong(text) * 1000
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            value.problem("expected Unix seconds or a time such as 2021-01-01T00:00:00Z");
            return 0;
        }
    }

    private static InputSeries series(YamlMap map) {
        InputSeries series = new InputSeries(map.required("series"), map.text("values", ""));
        map.rejectUnknown();
        return series;
    }

    private static AlertCheck alerts(YamlMap map) {
        AlertCheck check =
                new AlertCheck(
                        map.durationMs("eval_time", 0),
                        map.required("alertname"),
                        map.list("exp_alerts").stream().map(v -> alert(v.map())).toList());
        map.rejectUnknown();
        return check;
    }

    private static ExpectedAlert alert(YamlMap map) {
        ExpectedAlert alert =
                new ExpectedAlert(
                        Labels.of(map.textMap("exp_labels")), map.textMap("exp_annotations"));
        map.rejectUnknown();
        return alert;
    }

    private static ExpressionCheck expression(YamlMap map) {
        ExpressionCheck check =
                new ExpressionCheck(
                        map.durationMs("eval_time", 0),
                        map.required("expr"),
                        map.list("exp_samples").stream().map(v -> sample(v.map())).toList());
        map.rejectUnknown();
        return check;
    }

    private static ExpectedSample sample(YamlMap map) {
        String labels = map.text("labels", "");
        String text = map.text("value", "0");
        double value = 0;
        try {
            value = number(text);
        } catch (NumberFormatException e) {
            map.at().problem("`" + text + "` is no number");
        }
        ExpectedSample sample = new ExpectedSample(labels, value, map.text("histogram", ""));
        map.rejectUnknown();
        return sample;
    }

    private static double number(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case ".nan", "nan" -> Double.NaN;
            case ".inf", "+.inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text.replace("_", ""));
        };
    }
}

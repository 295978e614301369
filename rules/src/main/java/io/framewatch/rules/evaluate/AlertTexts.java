package io.framewatch.rules.evaluate;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.rules.file.AlertTemplates;
import io.framewatch.rules.file.Rule;
import io.framewatch.template.Functions;
import io.framewatch.template.PrometheusFunctions;
import io.framewatch.template.QuerySample;
import io.framewatch.template.StringMap;
import io.framewatch.template.Template;
import io.framewatch.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Labels and annotations of an alerting rule, their templates parsed once. Immutable.
final class AlertTexts {

    private final Map<String, Template> labels;
    private final Map<String, Template> annotations;
    private final String alertName;

    /// Parses the templates; throws [TemplateException] where one does not parse.
    AlertTexts(Rule.Alerting rule) {
        this.alertName = rule.name();
        this.labels = parse(rule.labels());
        this.annotations = parse(rule.annotations());
    }

    private static Map<String, Template> parse(Map<String, String> texts) {
        Map<String, Template> templates = new LinkedHashMap<>();
        texts.forEach((name, text) ->
                templates.put(
                        name,
                        Template.parse(AlertTemplates.PROLOGUE + text, PrometheusFunctions.NAMES)));
        return templates;
    }

    /// Identity and texts of one alert.
    record Expanded(Labels labels, Labels annotations) {}

    /// Expands everything for one sample of the rule's expression.
    Expanded expand(RuleContext context, VectorSample sample, long atMs) {
        Functions functions =
                PrometheusFunctions.of(
                        expr -> query(context, expr, atMs), context.externalUrl(), atMs);
        Map<String, Object> data =
                Map.of(
                        "Labels",
                        new StringMap(sample.labels().toMap()),
                        "ExternalLabels",
                        new StringMap(context.externalLabels().toMap()),
                        "ExternalURL",
                        context.externalUrl(),
                        "Value",
                        value(sample));
        Labels.Builder identity = sample.labels().withoutName().toBuilder();
        labels.forEach((name, text) -> identity.set(name, render(text, data, functions)));
        identity.set("alertname", alertName);
        Labels.Builder texts = new Labels.Builder();
        annotations.forEach((name, text) -> texts.set(name, render(text, data, functions)));
        return new Expanded(identity.build(), texts.build());
    }

    private static Object value(VectorSample sample) {
        NativeHistogram histogram = sample.histogram();
        return histogram == null ? (Object) sample.value() : histogram.toString();
    }

    private static String render(Template text, Map<String, Object> data, Functions functions) {
        try {
            return text.render(data, functions);
        } catch (TemplateException e) {
            return "<error expanding template: " + e.getMessage() + ">";
        }
    }

    private static List<QuerySample> query(RuleContext context, String expr, long atMs) {
        try {
            return context.query().at(context.tenant(), expr, atMs).stream()
                    .map(s -> new QuerySample(new StringMap(s.labels().toMap()), value(s)))
                    .toList();
        } catch (FaultException e) {
            throw new TemplateException(e.fault().what(), e);
        }
    }
}

package io.framewatch.server.http.prometheus;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.rules.status.RuleGroupStatus;
import io.framewatch.rules.status.RuleStatus;
import io.framewatch.server.http.FloatText;
import io.framewatch.server.http.JsonOut;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// `rules` and `alerts`.
final class RuleCalls {

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final Function<Tenant, List<RuleGroupStatus>> groups;

    /// @param groups the rule groups of a tenant
    RuleCalls(Function<Tenant, List<RuleGroupStatus>> groups) {
        this.groups = groups;
    }

    /// What of the rules is asked for.
    ///
    /// @param type `alert`, `record` or empty
    /// @param names rule names, empty for all
    /// @param groups group names, empty for all
    /// @param files file names, empty for all
    /// @param alerts whether alerts are listed too
    private record Wanted(
            String type,
            List<String> names,
            List<String> groups,
            List<String> files,
            boolean alerts) {

        static Wanted of(ApiRequest request) {
            String type = request.text("type");
            if (!List.of("", "alert", "record").contains(type)) {
                throw ApiRequest.bad(
                        "invalid parameter \"type\": not supported value \"" + type + "\"");
            }
            return new Wanted(
                    type,
                    request.all("rule_name[]"),
                    request.all("rule_group[]"),
                    request.all("file[]"),
                    !request.text("exclude_alerts").equals("true"));
        }

        boolean takes(RuleGroupStatus group) {
            return (groups.isEmpty() || groups.contains(group.name()))
                    && (files.isEmpty() || files.contains(group.file()));
        }

        boolean takes(RuleStatus rule) {
            boolean alerting = rule.kind() == RuleStatus.Kind.ALERTING;
            return (type.isEmpty() || type.equals(alerting ? "alert" : "record"))
                    && (names.isEmpty() || names.contains(rule.name()));
        }
    }

    ApiAnswer rules(Tenant tenant, ApiRequest request) {
        Wanted wanted = Wanted.of(request);
        List<RuleGroupStatus> all = groups.apply(tenant);
        return ApiAnswer.of(out -> {
            out.raw("{\"groups\":[");
            String comma = "";
            for (RuleGroupStatus group : all) {
                if (wanted.takes(group)) {
                    group(out.raw(comma), group, wanted);
                    comma = ",";
                }
            }
            out.raw("]}");
        });
    }

    private static void group(JsonOut out, RuleGroupStatus group, Wanted wanted) {
        out.raw("{\"name\":").text(group.name()).raw(",\"file\":").text(group.file());
        out.raw(",\"rules\":[");
        String comma = "";
        for (RuleStatus rule : group.rules()) {
            if (wanted.takes(rule)) {
                rule(out.raw(comma), rule, wanted.alerts());
                comma = ",";
            }
        }
        out.raw("],\"interval\":").floatText(group.intervalMs() / 1e3);
        out.raw(",\"limit\":").number(group.limit());
        out.raw(",\"evaluationTime\":").floatText(group.evaluationNs() / 1e9);
        out.raw(",\"lastEvaluation\":").text(time(group.lastEvaluationMs())).raw('}');
    }

    private static void rule(JsonOut out, RuleStatus rule, boolean withAlerts) {
        boolean alerting = rule.kind() == RuleStatus.Kind.ALERTING;
        out.raw('{');
        if (alerting) {
            out.raw("\"state\":").text(rule.state()).raw(',');
        }
        out.raw("\"name\":").text(rule.name()).raw(",\"query\":").text(rule.expr());
        if (alerting) {
            out.raw(",\"duration\":").floatText(rule.forMs() / 1e3);
            out.raw(",\"keepFiringFor\":").floatText(rule.keepFiringForMs() / 1e3);
        }
        out.raw(",\"labels\":");
        texts(out, rule.labels());
        if (alerting) {
            out.raw(",\"annotations\":");
            texts(out, rule.annotations());
            out.raw(",\"alerts\":");
            alerts(out, withAlerts ? rule.alerts() : List.of());
        }
        out.raw(",\"health\":").text(rule.health().word());
        if (!rule.lastError().isEmpty()) {
            out.raw(",\"lastError\":").text(rule.lastError());
        }
        out.raw(",\"evaluationTime\":").floatText(rule.evaluationNs() / 1e9);
        out.raw(",\"lastEvaluation\":").text(time(rule.lastEvaluationMs()));
        out.raw(",\"type\":").text(rule.kind().word()).raw('}');
    }

    ApiAnswer alerts(Tenant tenant) {
        List<Alert> active =
                groups.apply(tenant).stream()
                        .flatMap(group -> group.rules().stream())
                        .flatMap(rule -> rule.alerts().stream())
                        .toList();
        return ApiAnswer.of(out -> {
            out.raw("{\"alerts\":");
            alerts(out, active);
            out.raw('}');
        });
    }

    /// Pending and firing alerts; resolved ones are no longer alerts to Prometheus.
    private static void alerts(JsonOut out, List<Alert> alerts) {
        out.raw('[');
        String comma = "";
        for (Alert alert : alerts) {
            if (alert.state() == Alert.State.RESOLVED) {
                continue;
            }
            out.raw(comma).raw("{\"labels\":");
            ResultJson.labels(out, alert.labels());
            out.raw(",\"annotations\":");
            Labels annotations = alert.annotations();
            ResultJson.labels(out, annotations);
            out.raw(",\"state\":").text(alert.state().name().toLowerCase(Locale.ROOT));
            out.raw(",\"activeAt\":").text(time(alert.activeAtMs()));
            out.raw(",\"value\":").text(FloatText.scientific(alert.value())).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private static void texts(JsonOut out, Map<String, String> texts) {
        out.raw('{');
        String comma = "";
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.raw(comma).text(text.getKey()).raw(':').text(text.getValue());
            comma = ",";
        }
        out.raw('}');
    }

    private static String time(long unixMs) {
        return unixMs == 0 ? NEVER : Instant.ofEpochMilli(unixMs).toString();
    }
}

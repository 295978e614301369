package io.framewatch.respond.config;

import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import io.framewatch.respond.notify.Secret;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.route.InhibitRule;
import io.framewatch.respond.route.Route;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an `alertmanager.yml` and notes what is wrong with it.
final class AlertmanagerReader {

    private static final int ALERTS_MAX = 1_000_000;

    private final List<String> notes = new ArrayList<>();

    AlertmanagerFile read(YamlMap map, String externalUrl) {
        YamlMap global = map.map("global");
        long resolveMs = global.durationMs("resolve_timeout", RespondConfig.RESOLVE_TIMEOUT_MS);
        YamlMap http = global.map("http_config");
        Map<String, Receiver> receivers = receivers(map, http);
        Set<String> intervals = intervals(map);
        if (!map.has("route")) {
            map.at().problem("a `route` is missing");
        }
        Route root = new RouteReader(receivers.keySet(), intervals).root(map.map("route"));
        List<InhibitRule> rules = new ArrayList<>();
        for (YamlValue each : map.list("inhibit_rules")) {
            rules.add(inhibit(each.map()));
        }
        if (!map.texts("templates").isEmpty()) {
            notes.add("templates: not read yet.");
        }
        if (!intervals.isEmpty()) {
            notes.add("time_intervals: routes are not muted by them yet.");
        }
        for (String key : List.of("mute_time_intervals", "time_intervals", "tracing")) {
            map.find(key);
        }
        map.rejectUnknown();
        return new AlertmanagerFile(
                new RespondConfig(root, receivers, List.copyOf(rules), resolveMs, externalUrl),
                List.copyOf(notes));
    }

    private static Set<String> intervals(YamlMap map) {
        Set<String> names = new LinkedHashSet<>();
        for (String key : List.of("time_intervals", "mute_time_intervals")) {
            for (YamlValue each : map.list(key)) {
                YamlMap interval = each.map();
                if (!names.add(interval.required("name"))) {
                    interval.keyAt("name").problem("this time interval stands here twice");
                }
            }
        }
        return names;
    }

    private static InhibitRule inhibit(YamlMap map) {
        InhibitRule rule =
                new InhibitRule(
                        map.text("name", ""),
                        RouteReader.matchers(
                                map, "source_match", "source_match_re", "source_matchers"),
                        RouteReader.matchers(
                                map, "target_match", "target_match_re", "target_matchers"),
                        map.texts("equal"));
        map.rejectUnknown();
        return rule;
    }

    private Map<String, Receiver> receivers(YamlMap map, YamlMap globalHttp) {
        Map<String, Receiver> receivers = new LinkedHashMap<>();
        for (YamlValue each : map.list("receivers")) {
            YamlMap receiver = each.map();
            String name = receiver.required("name");
            List<WebhookConfig> webhooks = new ArrayList<>();
            for (YamlValue webhook : receiver.list("webhook_configs")) {
                webhooks.add(webhook(webhook.map(), globalHttp));
            }
            for (String key : receiver.keys()) {
                if (key.endsWith("_configs") && !key.equals("webhook_configs")) {
                    notes.add(
                            "receiver "
                                    + name
                                    + ": "
                                    + key
                                    + " are not sent yet; its alerts are in the inbox.");
                    receiver.find(key);
                }
            }
            receiver.find("labels");
            receiver.rejectUnknown();
            if (receivers.put(name, new Receiver(name, List.copyOf(webhooks))) != null) {
                receiver.keyAt("name").problem("the receiver `" + name + "` stands here twice");
            }
        }
        return receivers;
    }

    private WebhookConfig webhook(YamlMap map, YamlMap globalHttp) {
        YamlMap http = map.has("http_config") ? map.map("http_config") : globalHttp;
        long timeoutMs = map.durationMs("timeout", 0);
        WebhookConfig config =
                new WebhookConfig(
                        url(map),
                        map.bool("send_resolved", true),
                        (int) map.whole("max_alerts", 0, 0, ALERTS_MAX),
                        timeoutMs == 0 ? WebhookConfig.TIMEOUT : Duration.ofMillis(timeoutMs),
                        headers(http),
                        null);
        if (map.has("payload")) {
            notes.add("webhook_configs: a payload of one's own is not sent yet.");
        }
        map.rejectUnknown();
        return config;
    }

    private static Secret url(YamlMap map) {
        String url = map.text("url", "");
        String file = map.text("url_file", "");
        if (url.isEmpty() == file.isEmpty()) {
            map.at().problem("a webhook needs either `url` or `url_file`");
        }
        if (!url.isEmpty() && !isHttp(url)) {
            map.keyAt("url").problem("`url` has to begin with http:// or https:// and name a host");
        }
        return url.isEmpty() ? new Secret.InFile(Path.of(file)) : new Secret.Inline(url);
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<WebhookConfig.Header> headers(YamlMap http) {
        List<WebhookConfig.Header> headers = new ArrayList<>();
        if (http.has("authorization")) {
            YamlMap map = http.map("authorization");
            Secret secret = secret(map, "credentials", "credentials_file");
            if (secret != null) {
                String type = map.text("type", "Bearer");
                headers.add(new WebhookConfig.Header("Authorization", type + " ", secret));
            }
        } else if (http.has("basic_auth")) {
            YamlMap map = http.map("basic_auth");
            Secret password = secret(map, "password", "password_file");
            Secret both =
                    new Secret.Basic(
                            map.text("username", ""),
                            password == null ? new Secret.Inline("") : password);
            headers.add(new WebhookConfig.Header("Authorization", "Basic ", both));
        } else {
            Secret token = secret(http, "bearer_token", "bearer_token_file");
            if (token != null) {
                headers.add(new WebhookConfig.Header("Authorization", "Bearer ", token));
            }
        }
        return List.copyOf(headers);
    }

    private static @Nullable Secret secret(YamlMap map, String key, String fileKey) {
        String file = map.text(fileKey, "");
        String text = map.text(key, "");
        if (!file.isEmpty()) {
            return new Secret.InFile(Path.of(file));
        }
        return text.isEmpty() ? null : new Secret.Inline(text);
    }
}

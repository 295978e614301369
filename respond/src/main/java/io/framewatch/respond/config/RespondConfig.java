package io.framewatch.respond.config;

import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.route.GroupBy;
import io.framewatch.respond.route.InhibitRule;
import io.framewatch.respond.route.Route;
import java.util.List;
import java.util.Map;

/// All of respond's configuration.
///
/// @param root the routing tree
/// @param receivers by name; every receiver a route names is there
/// @param inhibitRules which alerts keep others quiet
/// @param resolveTimeoutMs after which an alert that nobody speaks of counts as resolved,
///   milliseconds
/// @param externalUrl where people reach this server, may be empty
public record RespondConfig(
        Route root,
        Map<String, Receiver> receivers,
        List<InhibitRule> inhibitRules,
        long resolveTimeoutMs,
        String externalUrl) {

    /// Alertmanager's default: five minutes.
    public static final long RESOLVE_TIMEOUT_MS = 300_000;

    /// One receiver for everything, grouped by alert name, with Alertmanager's intervals.
    public static RespondConfig of(String receiver, List<WebhookConfig> webhooks) {
        return of(
                Route.root(
                        receiver,
                        GroupBy.of("alertname"),
                        Route.GROUP_WAIT_MS,
                        Route.GROUP_INTERVAL_MS,
                        Route.REPEAT_INTERVAL_MS),
                webhooks);
    }

    /// One route without children, and its receiver's webhooks.
    public static RespondConfig of(Route root, List<WebhookConfig> webhooks) {
        return new RespondConfig(
                root,
                Map.of(root.receiver(), new Receiver(root.receiver(), webhooks)),
                List.of(),
                RESOLVE_TIMEOUT_MS,
                "");
    }

    /// The inbox alone.
    public static RespondConfig inboxOnly() {
        return of("inbox", List.of());
    }

    /// The same with other inhibition rules.
    public RespondConfig withInhibitRules(List<InhibitRule> rules) {
        return new RespondConfig(root, receivers, rules, resolveTimeoutMs, externalUrl);
    }
}

package io.framewatch.respond.flow;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The alerts that fire, and the resolved ones not yet told to everybody. Guarded by its owner.
final class OpenAlerts {

    private static final class Known {
        private Alert alert;
        private long seenMs;

        private Known(Alert alert, long seenMs) {
            this.alert = alert;
            this.seenMs = seenMs;
        }
    }

    private final Map<Tenant, Map<Labels, Known>> byTenant = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    @Nullable Alert find(Tenant tenant, Labels labels) {
        Known known = byTenant.getOrDefault(tenant, Map.of()).get(labels);
        return known == null ? null : known.alert;
    }

    /// Merges an arriving alert with what is known of it and returns the outcome.
    Alert merge(Tenant tenant, Alert arriving, long nowMs) {
        Map<Labels, Known> alerts = byTenant.computeIfAbsent(tenant, _ -> new HashMap<>());
        Known known = alerts.get(arriving.labels());
        if (known == null) {
            alerts.put(arriving.labels(), new Known(arriving, nowMs));
            size++;
            return arriving;
        }
        known.alert = merged(known.alert, arriving);
        known.seenMs = nowMs;
        return known.alert;
    }

    private static Alert merged(Alert before, Alert arriving) {
        boolean wasResolved = before.state() == Alert.State.RESOLVED;
        boolean isResolved = arriving.state() == Alert.State.RESOLVED;
        if (wasResolved) {
            return isResolved && before.resolvedAtMs() >= arriving.resolvedAtMs()
                    ? before
                    : arriving;
        }
        return new Alert(
                arriving.labels(),
                arriving.annotations(),
                arriving.state(),
                earlier(before.activeAtMs(), arriving.activeAtMs()),
                earlier(before.firedAtMs(), arriving.firedAtMs()),
                arriving.resolvedAtMs(),
                arriving.value(),
                arriving.generatorUrl());
    }

    private static long earlier(long a, long b) {
        if (a == 0 || b == 0) {
            return Math.max(a, b);
        }
        return Math.min(a, b);
    }

    /// Resolves what fires but was not heard of since `silentSinceMs`; returns what was resolved.
    List<TenantAlert> resolveSilent(long silentSinceMs, long nowMs) {
        List<TenantAlert> resolved = new ArrayList<>();
        byTenant.forEach((tenant, alerts) -> {
            for (Known known : alerts.values()) {
                Alert alert = known.alert;
                if (alert.state() == Alert.State.FIRING && known.seenMs <= silentSinceMs) {
                    known.alert = resolvedAt(alert, nowMs);
                    resolved.add(new TenantAlert(tenant, known.alert));
                }
            }
        });
        return resolved;
    }

    private static Alert resolvedAt(Alert alert, long nowMs) {
        return new Alert(
                alert.labels(),
                alert.annotations(),
                Alert.State.RESOLVED,
                alert.activeAtMs(),
                alert.firedAtMs(),
                nowMs,
                alert.value(),
                alert.generatorUrl());
    }

    void remove(Tenant tenant, Labels labels) {
        Map<Labels, Known> alerts = byTenant.get(tenant);
        if (alerts != null && alerts.remove(labels) != null) {
            size--;
        }
    }

    Collection<Alert> of(Tenant tenant) {
        return byTenant.getOrDefault(tenant, Map.of()).values().stream()
                .map(known -> known.alert)
                .toList();
    }

    List<TenantAlert> all() {
        List<TenantAlert> all = new ArrayList<>();
        byTenant.forEach((tenant, alerts) ->
                alerts.values().forEach(known -> all.add(new TenantAlert(tenant, known.alert))));
        return all;
    }
}

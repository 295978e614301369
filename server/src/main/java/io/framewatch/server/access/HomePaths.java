package io.framewatch.server.access;

import java.util.List;

/// What belongs to the server's own tenant, `default`: its pictures, its demo, its own metrics, its
/// configuration. Callers of other tenants have no business there.
final class HomePaths {

    private static final List<String> PATHS =
            List.of(
                    "/api/now",
                    "/api/streams",
                    "/api/demo",
                    "/live",
                    "/metrics",
                    "/-/reload",
                    "/api/status",
                    "/api/users",
                    "/api/tokens",
                    "/api/sessions",
                    "/api/v1/status/config",
                    "/api/v1/status/flags");

    private HomePaths() {}

    /// Whether a path is one of these or below one.
    static boolean has(String path) {
        // Pushgateway's paths stand below /metrics and belong to whoever uses them.
        boolean pushed = path.startsWith("/metrics/");
        return !pushed
                && PATHS.stream()
                        .anyMatch(home -> path.equals(home) || path.startsWith(home + "/"));
    }
}

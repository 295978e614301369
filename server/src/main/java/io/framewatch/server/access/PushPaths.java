package io.framewatch.server.access;

import java.util.Set;

/// Where data is sent to: all that the role `push` may do.
final class PushPaths {

    private static final Set<String> PATHS =
            Set.of("/api/v1/write", "/loki/api/v1/push", "/api/prom/push");

    private static final Set<String> OTLP_ROOTS = Set.of("/v1/", "/otlp/v1/", "/api/v1/otlp/v1/");
    private static final Set<String> SIGNALS = Set.of("metrics", "logs", "traces");
    private static final String GATEWAY = "/metrics/job";

    private PushPaths() {}

    static boolean isPush(String method, String path) {
        boolean sends = method.equals("POST");
        boolean gateway = path.startsWith(GATEWAY) && (sends || method.equals("PUT"));
        return gateway || sends && (PATHS.contains(path) || isOtlp(path));
    }

    private static boolean isOtlp(String path) {
        int name = path.lastIndexOf('/') + 1;
        return SIGNALS.contains(path.substring(name))
                && OTLP_ROOTS.contains(path.substring(0, name));
    }
}

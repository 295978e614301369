package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Caller;
import java.util.Set;

/// Where data is sent to: all that a token with the role `push` may do.
final class PushPaths {

    /// The mode of a caller who may only send data.
    static final String MODE = "push";

    private static final Set<String> PATHS =
            Set.of("/api/v1/write", "/loki/api/v1/push", "/api/prom/push");

    private static final Set<String> OTLP_ROOTS = Set.of("/v1/", "/otlp/v1/", "/api/v1/otlp/v1/");
    private static final Set<String> SIGNALS = Set.of("metrics", "logs", "traces");
    private static final String GATEWAY = "/metrics/job";

    private PushPaths() {}

    /// Throws `forbidden` if `caller` may only send data and this is something else.
    static void check(Caller caller, String method, String path) {
        if (caller.mode().equals(MODE) && !isPush(method, path)) {
            throw new FaultException(
                    Fault.caller(
                            "forbidden",
                            "The role push may send data and nothing else.",
                            "Use a login or token with the role viewer."));
        }
    }

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

package io.framewatch.server.http;

import io.framewatch.model.Fault;

/// The HTTP status of a fault: by its code where the protocol has a word for it, else by whose turn
/// it is.
public final class HttpStatuses {

    private HttpStatuses() {}

    /// Status of `fault`, 400 to 599.
    public static int of(Fault fault) {
        return switch (fault.code()) {
            case "unauthenticated", "login_failed" -> 401;
            case "forbidden", "cross_site", "host_refused", "tenant_refused" -> 403;
            case "dashboard_read_only" -> 403;
            case "not_found" -> 404;
            case "dashboard_changed" -> 412;
            case "request_too_large", "dashboard_too_large" -> 413;
            case "encoding_unsupported", "content_type_unsupported" -> 415;
            case "dashboard_condition" -> 428;
            case "too_many_viewers", "login_slow_down" -> 429;
            case "datasource_refused", "datasource_unreachable" -> 502;
            case "datasource_timeout" -> 504;
            case "dashboards_full" -> 507;
            default -> byTurn(fault.turn());
        };
    }

    private static int byTurn(Fault.Turn turn) {
        return switch (turn) {
            case CALLER -> 400;
            case LATER -> 503;
            case OPERATOR, FRAMEWATCH -> 500;
        };
    }
}

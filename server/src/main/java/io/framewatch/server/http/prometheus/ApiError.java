package io.framewatch.server.http.prometheus;

import io.framewatch.model.Fault;

/// How a fault is told in Prometheus's words: a status and an `errorType`.
///
/// @param status HTTP status
/// @param type `errorType`
record ApiError(int status, String type) {

    static ApiError of(Fault fault) {
        return switch (fault.code()) {
            case "query_timeout" -> new ApiError(503, "timeout");
            case "query_canceled" -> new ApiError(503, "canceled");
            case "promql_eval", "query_limit" -> new ApiError(422, "execution");
            case "not_found" -> new ApiError(404, "not_found");
            default -> byTurn(fault.turn());
        };
    }

    private static ApiError byTurn(Fault.Turn turn) {
        return switch (turn) {
            case CALLER -> new ApiError(400, "bad_data");
            case LATER -> new ApiError(503, "unavailable");
            case OPERATOR, FRAMEWATCH -> new ApiError(500, "internal");
        };
    }
}

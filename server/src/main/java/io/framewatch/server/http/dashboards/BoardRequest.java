package io.framewatch.server.http.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.dashboards.BoardJson;
import io.framewatch.server.dashboards.BoardLimits;
import io.framewatch.server.dashboards.Expected;
import io.framewatch.server.dashboards.TenantBoards;
import io.framewatch.server.http.Bodies;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What requests about dashboards carry.
final class BoardRequest {

    /// What stands around a dashboard in a body, bytes.
    private static final int WRAPPING_BYTES_MAX = 64 * 1024;

    private BoardRequest() {}

    /// The JSON object in the body. Throws `dashboard_too_large` or `dashboard_invalid`.
    static ObjectNode body(ServerRequest req, BoardLimits limits) {
        try {
            long bytesMax = (long) limits.boardBytesMax() + WRAPPING_BYTES_MAX;
            return BoardJson.read(Bodies.read(req, bytesMax));
        } catch (FaultException e) {
            if (e.fault().code().equals("request_too_large")) {
                throw TenantBoards.tooLarge(limits.boardBytesMax());
            }
            throw e;
        }
    }

    static String uid(ServerRequest req) {
        return req.path().pathParameters().get("uid");
    }

    static Expected expected(ServerRequest req) {
        return new Expected(
                header(req, HeaderNames.IF_MATCH), header(req, HeaderNames.IF_NONE_MATCH));
    }

    private static String header(ServerRequest req, HeaderName name) {
        return req.headers().first(name).orElse("");
    }

    /// A text of the body, null if it is absent. Throws `body_invalid` if it is no text.
    static @Nullable String text(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid("`" + key + "` is not a text");
        }
        return value.asString();
    }

    static String textOr(JsonNode body, String key, String otherwise) {
        String text = text(body, key);
        return text == null ? otherwise : text;
    }

    static FaultException invalid(String what) {
        return new FaultException(
                Fault.caller(
                        "body_invalid",
                        "The body is not what this address takes: " + what + ".",
                        "Send what docs/reference/dashboards.md describes."));
    }

    /// A whole number of the address. Throws `parameter_invalid`.
    static long whole(ServerRequest req, String name, long otherwise, long min, long max) {
        String text = req.query().first(name).orElse("");
        return text.isEmpty() ? otherwise : whole(name, text, min, max);
    }

    static long whole(String name, String text, long min, long max) {
        long number = text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
        if (number < min || number > max) {
            throw new FaultException(
                    Fault.caller(
                            "parameter_invalid",
                            "The parameter "
                                    + name
                                    + " is no whole number "
                                    + min
                                    + " to "
                                    + max
                                    + ".",
                            "Correct the parameter."));
        }
        return number;
    }
}

package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Bodies;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The small JSON object that a request about people, tokens or sessions carries.
///
/// @param node what was sent
record JsonBody(JsonNode node) {

    private static final int BYTES_MAX = 8 * 1024;

    /// The body of a request. Throws `body_invalid` saying what to send instead.
    static JsonBody of(ServerRequest req, String todo) {
        try {
            return new JsonBody(JsonMapper.shared().readTree(Bodies.text(req, BYTES_MAX)));
        } catch (JacksonException e) {
            throw new FaultException(
                    Fault.caller("body_invalid", "The body is not JSON.", todo), e);
        }
    }

    /// A text, or null where there is none.
    @Nullable String textOrNull(String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString() : null;
    }

    /// A text, empty where there is none.
    String text(String name) {
        String text = textOrNull(name);
        return text == null ? "" : text;
    }

    /// Yes or no, or null where neither is said.
    @Nullable Boolean yesOrNull(String name) {
        JsonNode value = node.path(name);
        return value.isBoolean() ? value.asBoolean() : null;
    }

    /// A whole number; -1 for one that is none or does not fit, 0 where nothing is said.
    int whole(String name) {
        JsonNode value = node.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        return value.isIntegralNumber() && value.canConvertToInt() ? value.asInt() : -1;
    }
}

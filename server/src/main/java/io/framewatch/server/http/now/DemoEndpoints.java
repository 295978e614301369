package io.framewatch.server.http.now;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Bodies;
import io.framewatch.server.http.Endpoints;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `POST /api/demo/faults` with `{"fault":...,"target":...}` and `POST /api/demo/faults/clear`.
public final class DemoEndpoints implements Endpoints {

    private static final int BODY_BYTES_MAX = 4 * 1024;

    private final DemoControls controls;
    private final JsonMapper json = JsonMapper.shared();

    /// Passes the buttons on to `controls`.
    public DemoEndpoints(DemoControls controls) {
        this.controls = controls;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/api/demo/faults", this::inject);
        rules.post("/api/demo/faults/clear", this::clear);
    }

    private void inject(ServerRequest req, ServerResponse res) {
        JsonNode body = body(req);
        String fault = body.path("fault").asString("");
        if (fault.isEmpty()) {
            throw invalid();
        }
        controls.inject(fault, body.path("target").asString(""));
        res.status(204).send();
    }

    private JsonNode body(ServerRequest req) {
        try {
            return json.readTree(Bodies.text(req, BODY_BYTES_MAX));
        } catch (JacksonException e) {
            throw invalid();
        }
    }

    private static FaultException invalid() {
        return new FaultException(
                Fault.caller(
                        "body_invalid",
                        "The body names no fault.",
                        "Send {\"fault\":\"frozen\",\"target\":\"cam-1\"}."));
    }

    private void clear(ServerRequest req, ServerResponse res) {
        controls.clear();
        res.status(204).send();
    }
}

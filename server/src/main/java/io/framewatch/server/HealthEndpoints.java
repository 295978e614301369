package io.framewatch.server;

import io.framewatch.server.http.Endpoints;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.BooleanSupplier;

/// `/-/healthy`: the process answers. `/-/ready`: it takes in data and answers queries.
final class HealthEndpoints implements Endpoints {

    private final BooleanSupplier ready;

    HealthEndpoints(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/-/healthy", (_, res) -> text(res, 200, "Framewatch is healthy.\n"));
        rules.head("/-/healthy", (_, res) -> text(res, 200, ""));
        rules.get("/-/ready", this::ready);
        rules.head("/-/ready", this::ready);
    }

    private void ready(ServerRequest req, ServerResponse res) {
        if (ready.getAsBoolean()) {
            text(res, 200, "Framewatch is ready.\n");
        } else {
            text(res, 503, "Framewatch is starting.\n");
        }
    }

    private static void text(ServerResponse res, int status, String text) {
        res.status(status);
        res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        res.send(text);
    }
}

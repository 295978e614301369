package io.framewatch.server;

import io.framewatch.server.http.Endpoints;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerResponse;

/// `POST /-/reload`: reads the configured files again; a fault in them leaves the old ones in
/// force.
final class ReloadEndpoint implements Endpoints {

    private final Runnable reload;

    ReloadEndpoint(Runnable reload) {
        this.reload = reload;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/-/reload", (_, res) -> answer(res));
        rules.put("/-/reload", (_, res) -> answer(res));
    }

    private void answer(ServerResponse res) {
        reload.run();
        res.send();
    }
}

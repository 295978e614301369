package io.framewatch.server.http;

import io.helidon.webserver.http.HttpRules;

/// A group of paths that belong together. Handlers run on a virtual thread each and may block.
@FunctionalInterface
public interface Endpoints {

    /// Adds the group's paths.
    void addTo(HttpRules rules);
}

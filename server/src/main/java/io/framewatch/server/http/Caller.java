package io.framewatch.server.http;

import io.framewatch.model.Tenant;
import io.helidon.webserver.http.ServerRequest;

/// Who sent a request.
///
/// @param user name for logs and the page
/// @param role what they may do
/// @param tenant whose data they see
/// @param mode `open` where no login is asked for, else `login`
public record Caller(String user, Role role, Tenant tenant, String mode) {

    /// What a caller may do; each role may do what the ones before it may.
    public enum Role {
        /// Look at data.
        VIEWER,
        /// Look at data and act on the running system.
        OPERATOR
    }

    /// Someone on this machine, where no login is asked for.
    public static final Caller LOCAL = new Caller("local", Role.OPERATOR, Tenant.DEFAULT, "open");

    /// Remembers who sent this request; done once, by the filter that checked it.
    public void attach(ServerRequest req) {
        req.context().register(this);
    }

    /// Who sent this request. Fails if no filter checked it: such a request must not be answered.
    public static Caller of(ServerRequest req) {
        return req.context()
                .get(Caller.class)
                .orElseThrow(() -> new IllegalStateException("a request nobody checked"));
    }
}

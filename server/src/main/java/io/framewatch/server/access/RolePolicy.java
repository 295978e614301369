package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Caller;
import io.helidon.webserver.http.ServerRequest;

/// What each role may do, by method and path: a viewer reads and changes their own login, an editor
/// writes dashboards as well, an admin does everything, a pusher sends data. A path nobody thought
/// of is an admin's.
final class RolePolicy {

    private static final String ACCOUNT = "/api/account/";
    private static final String DASHBOARDS = "/api/dashboards/";

    private RolePolicy() {}

    /// The least role for a request that changes something.
    static Caller.Role leastFor(String method, String path) {
        if (path.startsWith(ACCOUNT)) {
            return Caller.Role.VIEWER;
        }
        boolean writes = method.equals("PUT") || method.equals("POST");
        return path.startsWith(DASHBOARDS) && writes ? Caller.Role.EDITOR : Caller.Role.ADMIN;
    }

    /// Throws `forbidden`, or `unauthenticated` for somebody who has not logged in yet.
    static Caller checked(ServerRequest req, Caller caller) {
        String method = req.prologue().method().text();
        Caller.Role least = leastFor(method, req.path().path());
        if (caller.mode().equals("anonymous") && caller.role().compareTo(least) < 0) {
            throw new FaultException(
                    Fault.caller(
                            "unauthenticated",
                            "Without a login one may look but not act.",
                            "Log in, or send an API token."));
        }
        return PushPaths.isPush(method, req.path().path())
                ? caller.requireSending()
                : caller.require(least);
    }
}

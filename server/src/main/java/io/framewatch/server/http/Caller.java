package io.framewatch.server.http;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.helidon.webserver.http.ServerRequest;
import java.util.Locale;

/// Who sent a request.
///
/// @param user name for logs and the page
/// @param role what they may do
/// @param tenant whose data they see
/// @param mode `open` where no login is asked for, else `login`
public record Caller(String user, Role role, Tenant tenant, String mode) {

    /// What a caller may do; from VIEWER on each role may do what the ones before it may.
    public enum Role {
        /// Send data and nothing else.
        PUSH,
        /// Look at data.
        VIEWER,
        /// Change what is shown: dashboards.
        EDITOR,
        /// Act on the running system: send data, reload, delete.
        ADMIN;

        /// Whether dashboards may be changed.
        public boolean edits() {
            return compareTo(EDITOR) >= 0;
        }

        /// Whether data may be sent.
        public boolean sends() {
            return this == PUSH || this == ADMIN;
        }

        /// Its name in files, messages and answers.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether everything may be done.
        public boolean administers() {
            return this == ADMIN;
        }
    }

    /// Someone on this machine, where no login is asked for.
    public static final Caller LOCAL = new Caller("local", Role.ADMIN, Tenant.DEFAULT, "open");

    /// This caller, if they have at least this role. Throws `forbidden`.
    public Caller require(Role least) {
        if (role.compareTo(least) < 0) {
            throw new FaultException(
                    Fault.caller(
                            "forbidden",
                            "The role " + role.word() + " may not do this.",
                            "Use a login or token with the role " + least.word() + "."));
        }
        return this;
    }

    /// This caller, if they may send data. Throws `forbidden`.
    public Caller requireSending() {
        if (!role.sends()) {
            throw new FaultException(
                    Fault.caller(
                            "forbidden",
                            "The role " + role.word() + " may not send data.",
                            "Use a token with the role push or admin."));
        }
        return this;
    }

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

package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/account`: what everybody may see and change of their own login; `/api/sessions`: all
/// logins, for admins. Thread safe.
final class AccountEndpoints implements Endpoints {

    private final Users users;
    private final PasswordLogin passwords;
    private final Sessions sessions;
    private final Begin begin;

    /// Begins a session of a local user.
    @FunctionalInterface
    interface Begin {
        void session(ServerRequest req, ServerResponse res, User user);
    }

    AccountEndpoints(Users users, PasswordLogin passwords, Sessions sessions, Begin begin) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.begin = begin;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/account", this::account);
        rules.post("/api/account/password", this::password);
        rules.delete("/api/account/sessions/{id}", this::endOwn);
        rules.get("/api/sessions", this::all);
        rules.delete("/api/sessions/{id}", this::end);
    }

    private void account(ServerRequest req, ServerResponse res) {
        Caller caller = Caller.of(req);
        Sessions.@Nullable Open current = current(req);
        JsonOut out = new JsonOut().raw("{\"user\":").text(caller.user());
        out.raw(",\"role\":").text(caller.role().word());
        out.raw(",\"tenant\":").text(caller.tenant().id());
        out.raw(",\"mode\":").text(caller.mode());
        out.raw(",\"way\":").textOrNull(current == null ? null : current.origin().way());
        out.raw(",\"password\":").raw(Boolean.toString(local(current) != null));
        out.raw(",\"sessions\":");
        write(out, own(current), current);
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out.raw('}'));
    }

    private Sessions.@Nullable Open current(ServerRequest req) {
        String id = AccessFilter.sessionCookie(req).map(Sessions::idOf).orElse("");
        return sessions.open().stream()
                .filter(open -> open.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /// The logins of the same person: the same name that came in the same way.
    private List<Sessions.Open> own(Sessions.@Nullable Open current) {
        return current == null
                ? List.of()
                : sessions.open().stream().filter(open -> samePerson(open, current)).toList();
    }

    private static boolean samePerson(Sessions.Open one, Sessions.Open other) {
        return one.caller().user().equals(other.caller().user())
                && one.caller().tenant().equals(other.caller().tenant())
                && one.origin().way().equals(other.origin().way());
    }

    private @Nullable User local(Sessions.@Nullable Open current) {
        return current == null || !current.origin().way().equals("password")
                ? null
                : users.find(current.caller().user());
    }

    private static void write(
            JsonOut out, List<Sessions.Open> all, Sessions.@Nullable Open current) {
        out.raw('[');
        String comma = "";
        for (Sessions.Open open : all) {
            out.raw(comma).raw("{\"id\":").text(open.id());
            out.raw(",\"user\":").text(open.caller().user());
            out.raw(",\"role\":").text(open.caller().role().word());
            out.raw(",\"tenant\":").text(open.caller().tenant().id());
            out.raw(",\"way\":").text(open.origin().way());
            out.raw(",\"address\":").text(open.origin().address());
            out.raw(",\"browser\":").text(open.origin().browser());
            out.raw(",\"beganMs\":").number(open.beganMs());
            out.raw(",\"usedMs\":").number(open.usedMs());
            boolean here = current != null && open.id().equals(current.id());
            out.raw(",\"current\":").raw(Boolean.toString(here)).raw('}');
            comma = ",";
        }
        out.raw(']');
    }

    private void password(ServerRequest req, ServerResponse res) {
        Sessions.@Nullable Open current = current(req);
        User user = local(current);
        if (current == null || user == null) {
            throw new FaultException(
                    Fault.caller(
                            "password_elsewhere",
                            "This login has no password here.",
                            "Change it where you log in, or log in by name and password."));
        }
        JsonBody body = JsonBody.of(req, "Send {\"old\":...,\"password\":...}.");
        String next = UserEndpoints.checked(body.text("password"));
        User known = passwords.check(user.name(), body.text("old"), SessionEndpoints.address(req));
        User changed = known.withHash(passwords.hash(next));
        users.change(all -> {
            if (!known.equals(all.get(known.name()))) {
                throw new FaultException(
                        Fault.caller(
                                "user_invalid",
                                "Somebody changed this user meanwhile.",
                                "Log in again, then try again."));
            }
            all.put(known.name(), changed);
        });
        Audit.told(changed.caller(), "changed their password");
        AccessFilter.sessionCookie(req).ifPresent(sessions::end);
        begin.session(req, res, changed);
        res.status(204);
        res.send();
    }

    private void endOwn(ServerRequest req, ServerResponse res) {
        String id = req.path().pathParameters().get("id");
        boolean own = own(current(req)).stream().anyMatch(open -> open.id().equals(id));
        if (!own || !sessions.endById(id)) {
            throw noSession();
        }
        Audit.told(Caller.of(req), "ended a login of their own");
        res.status(204);
        res.send();
    }

    private void all(ServerRequest req, ServerResponse res) {
        Caller.of(req).require(Caller.Role.ADMIN);
        JsonOut out = new JsonOut().raw("{\"sessions\":");
        write(out, sessions.open(), current(req));
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out.raw('}'));
    }

    private void end(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        String id = req.path().pathParameters().get("id");
        String whose =
                sessions.open().stream()
                        .filter(open -> open.id().equals(id))
                        .map(open -> open.caller().user())
                        .findFirst()
                        .orElse("");
        if (!sessions.endById(id)) {
            throw noSession();
        }
        Audit.told(by, "ended a login of " + whose);
        res.status(204);
        res.send();
    }

    private static FaultException noSession() {
        return new FaultException(
                Fault.caller(
                        "not_found",
                        "There is no such login.",
                        "Look at the list; it may have ended."));
    }
}

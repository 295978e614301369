package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Answers;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.JsonOut;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `/api/users`: the local users, for admins. Every change is a line of the audit. Thread safe.
final class UserEndpoints implements Endpoints {

    private static final String SEND =
            "Send {\"name\":...,\"role\":\"viewer|editor|admin\",\"password\":...}.";

    private final Users users;
    private final PasswordLogin passwords;
    private final Sessions sessions;
    private final @Nullable String provider;

    /// @param provider what the login provider is called, null without one
    UserEndpoints(
            Users users, PasswordLogin passwords, Sessions sessions, @Nullable String provider) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.provider = provider;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/users", this::list);
        rules.post("/api/users", this::add);
        rules.put("/api/users/{name}", this::change);
        rules.delete("/api/users/{name}", this::delete);
    }

    private void list(ServerRequest req, ServerResponse res) {
        Caller.of(req).require(Caller.Role.ADMIN);
        Map<String, Integer> logins = new HashMap<>();
        for (Sessions.Open open : sessions.open()) {
            if (open.origin().way().equals("password")) {
                logins.merge(open.caller().user(), 1, Integer::sum);
            }
        }
        JsonOut out = new JsonOut().raw("{\"users\":[");
        String comma = "";
        for (User user : users.all()) {
            write(out.raw(comma), user, logins.getOrDefault(user.name(), 0));
            comma = ",";
        }
        out.raw("],\"provider\":").textOrNull(provider).raw('}');
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out);
    }

    private static void write(JsonOut out, User user, long logins) {
        out.raw("{\"name\":").text(user.name());
        out.raw(",\"role\":").text(user.role().word());
        out.raw(",\"tenant\":").text(user.tenant().id());
        out.raw(",\"disabled\":").raw(Boolean.toString(user.disabled()));
        out.raw(",\"sessions\":").number(logins).raw('}');
    }

    private void add(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        JsonBody body = JsonBody.of(req, SEND);
        String name = body.text("name");
        if (!User.isName(name)) {
            throw wrong("A name is 1 to 64 of A-Z a-z 0-9 _ . @ -.", "Give another name.");
        }
        Caller.Role role = role(body.text("role"));
        String tenant = body.text("tenant");
        Tenant whose = tenant.isEmpty() ? Tenant.DEFAULT : new Tenant(tenant);
        User user = new User(name, role, whose, hashed(body.text("password")));
        users.change(all -> {
            if (all.putIfAbsent(name, user) != null) {
                throw wrong("There is a user " + name + " already.", "Give another name.");
            }
        });
        Audit.told(by, "added user " + user);
        res.status(201);
        answer(res, user);
    }

    private void change(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        String name = req.path().pathParameters().get("name");
        JsonBody body =
                JsonBody.of(req, "Send {\"role\":...}, {\"password\":...} or {\"disabled\":...}.");
        String word = body.textOrNull("role");
        Caller.Role role = word == null ? null : role(word);
        String password = body.textOrNull("password");
        String hash = password == null ? null : hashed(password);
        Boolean lock = body.yesOrNull("disabled");
        AtomicReference<User> done = new AtomicReference<>();
        users.change(all -> {
            User user = known(all, name);
            if (role != null && role != user.role()) {
                notOneself(by, name, "change the role of");
                user = user.withRole(role);
            }
            if (lock != null && lock != user.disabled()) {
                notOneself(by, name, "disable");
                user = user.locked(lock);
            }
            User next = hash == null ? user : user.withHash(hash);
            all.put(name, next);
            done.set(next);
        });
        User user = Objects.requireNonNull(done.get());
        Audit.told(by, "changed user " + user + (hash == null ? "" : ", with another password"));
        answer(res, user);
    }

    private void delete(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        String name = req.path().pathParameters().get("name");
        notOneself(by, name, "delete");
        users.change(all -> all.remove(known(all, name).name()));
        Audit.told(by, "deleted user " + name);
        res.status(204);
        res.send();
    }

    private void answer(ServerResponse res, User user) {
        JsonOut out = new JsonOut();
        write(out, user, 0);
        Answers.json(res, out);
    }

    private String hashed(String password) {
        return passwords.hash(checked(password));
    }

    /// A password that may be set. Throws `user_invalid`.
    static String checked(String password) {
        int length = password.length();
        if (length < Passwords.LENGTH_MIN || length > Passwords.LENGTH_MAX) {
            throw wrong("A password has 8 to 200 characters.", "Choose another one.");
        }
        return password;
    }

    /// The role of a word. Throws `user_invalid`.
    static Caller.Role role(String word) {
        Caller.Role role = Roles.parse(word);
        if (role == null) {
            throw wrong("A role is viewer, editor or admin.", "Give another role.");
        }
        return role;
    }

    private static User known(Map<String, User> all, String name) {
        User user = all.get(name);
        if (user == null) {
            throw new FaultException(
                    Fault.caller(
                            "not_found",
                            "There is no such user.",
                            "Look at the list; somebody may have deleted them."));
        }
        return user;
    }

    /// Whoever locks themselves out cannot mend it.
    private static void notOneself(Caller by, String name, String what) {
        if (by.mode().equals("login") && by.user().equals(name)) {
            throw wrong("You cannot " + what + " yourself.", "Ask another admin.");
        }
    }

    private static FaultException wrong(String what, String todo) {
        return new FaultException(Fault.caller("user_invalid", what, todo));
    }
}

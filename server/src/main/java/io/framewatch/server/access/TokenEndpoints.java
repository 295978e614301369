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

/// `/api/tokens`: the API tokens that admins issue. A token's secret is answered once, when it is
/// made. Every change is a line of the audit. Thread safe.
final class TokenEndpoints implements Endpoints {

    private static final int DAYS_MAX = 3_650;

    private final IssuedTokens tokens;

    TokenEndpoints(IssuedTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.get("/api/tokens", this::list);
        rules.post("/api/tokens", this::issue);
        rules.delete("/api/tokens/{id}", this::revoke);
    }

    private void list(ServerRequest req, ServerResponse res) {
        Caller.of(req).require(Caller.Role.ADMIN);
        JsonOut out = new JsonOut().raw("{\"tokens\":[");
        String comma = "";
        for (IssuedTokens.Issued token : tokens.all()) {
            out.raw(comma).raw("{\"id\":").text(token.id());
            out.raw(",\"name\":").text(token.name());
            out.raw(",\"role\":").text(token.role().word());
            out.raw(",\"tenant\":").text(token.tenant().id());
            out.raw(",\"by\":").text(token.by());
            out.raw(",\"createdMs\":").number(token.createdMs());
            out.raw(",\"expiresMs\":").number(token.expiresMs());
            out.raw(",\"usedMs\":").number(token.usedMs()).raw('}');
            comma = ",";
        }
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(res, out.raw("]}"));
    }

    private void issue(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        JsonBody body =
                JsonBody.of(
                        req, "Send {\"name\":...,\"role\":...} and, if it is to end, \"days\".");
        String name = body.text("name");
        Caller.Role role = Roles.ofToken(body.text("role"));
        int days = body.whole("days");
        if (!User.isName(name) || role == null || days < 0 || days > DAYS_MAX) {
            throw new FaultException(
                    Fault.caller(
                            "token_invalid",
                            "A token has a name of 1 to 64 of A-Z a-z 0-9 _ . @ -, a role viewer,"
                                    + " editor, admin or push, and at most 3650 days.",
                            "Give another name, role or number of days."));
        }
        String tenant = body.text("tenant");
        Tenant whose = tenant.isEmpty() ? Tenant.DEFAULT : new Tenant(tenant);
        String secret = tokens.issue(name, role, whose, by.user(), days);
        Audit.told(
                by,
                "issued token " + name + " for role " + role.word() + " of tenant " + whose.id());
        res.status(201);
        res.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(
                res,
                new JsonOut()
                        .raw("{\"name\":")
                        .text(name)
                        .raw(",\"token\":")
                        .text(secret)
                        .raw('}'));
    }

    private void revoke(ServerRequest req, ServerResponse res) {
        Caller by = Caller.of(req).require(Caller.Role.ADMIN);
        IssuedTokens.Issued gone = tokens.revoke(req.path().pathParameters().get("id"));
        if (gone == null) {
            throw new FaultException(
                    Fault.caller(
                            "not_found",
                            "There is no such token.",
                            "Look at the list; somebody may have revoked it."));
        }
        Audit.told(by, "revoked token " + gone.name());
        res.status(204);
        res.send();
    }
}

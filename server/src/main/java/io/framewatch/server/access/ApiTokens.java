package io.framewatch.server.access;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tokens programs send as `Authorization: Bearer`: those of the operator's file and variable,
/// which stay as they are, and those that admins issue. Thread safe.
public final class ApiTokens {

    /// The environment variable that may hold one token with every right in tenant `default`.
    public static final String VARIABLE = "FRAMEWATCH_TOKEN";

    private static final List<String> ROLES =
            List.of("viewer", "editor", "admin", "operator", "proxy", "push");
    private static final int TOKENS_MAX = 10_000;
    private static final int TOKEN_LENGTH_MIN = 16;

    private final Map<String, Held> byDigest;
    private final @Nullable IssuedTokens issued;

    /// What a token gives; a proxy may name the tenant.
    private record Held(Caller caller, boolean proxy) {}

    private ApiTokens(Map<String, Held> byDigest, @Nullable IssuedTokens issued) {
        this.byDigest = Map.copyOf(byDigest);
        this.issued = issued;
    }

    /// The same and those that admins issue.
    ApiTokens with(IssuedTokens others) {
        return new ApiTokens(byDigest, others);
    }

    /// Reads the token file and the variable's value, either of which may be absent.
    ///
    /// A line of the file is `TOKEN TENANT [viewer|editor|admin|proxy|push]`; empty lines and `#`
    /// comments are skipped. `operator` is understood as `admin`. A `proxy` has an admin's rights
    /// and names the tenant of each request in `X-Scope-OrgID`. A `push` may send data and nothing
    /// else. Throws `tokens_file` naming the line, never the token.
    public static ApiTokens read(@Nullable Path file, @Nullable String variable) {
        Map<String, Held> tokens = new HashMap<>();
        if (variable != null && !variable.isBlank()) {
            tokens.put(
                    Secrets.digest(variable.strip()),
                    new Held(
                            new Caller("token", Caller.Role.ADMIN, Tenant.DEFAULT, "login"),
                            false));
        }
        if (file != null) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                line(file, i + 1, lines.get(i).strip(), tokens);
            }
        }
        return new ApiTokens(tokens, null);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "tokens_file",
                            "The token file " + file + " cannot be read.",
                            "Make it readable for the server or correct `access.tokensFile`."),
                    e);
        }
    }

    private static void line(Path file, int number, String line, Map<String, Held> into) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+");
        String role = words.length > 2 ? words[2].toLowerCase(Locale.ROOT) : "viewer";
        boolean wrong =
                words.length < 2
                        || words.length > 3
                        || words[0].length() < TOKEN_LENGTH_MIN
                        || !ROLES.contains(role)
                        || into.size() >= TOKENS_MAX;
        if (wrong) {
            throw new FaultException(
                    Fault.operator(
                            "tokens_file",
                            file
                                    + ":"
                                    + number
                                    + ": not `TOKEN TENANT [viewer|editor|admin|proxy|push]`.",
                            "Write a token of at least "
                                    + TOKEN_LENGTH_MIN
                                    + " characters, a tenant and a role."));
        }
        into.put(
                Secrets.digest(words[0]),
                new Held(
                        new Caller(
                                "token " + file.getFileName() + ":" + number,
                                role(role),
                                new Tenant(words[1]),
                                "login"),
                        role.equals("proxy")));
    }

    private static Caller.Role role(String word) {
        Caller.Role role = Roles.ofToken(word);
        return role == null ? Caller.Role.ADMIN : role; // a proxy
    }

    /// Who sends a request with this `Authorization` header, or null if it carries no token. Throws
    /// `unauthenticated` for a token nobody has, and as [#find].
    @Nullable Caller holder(String authorization, String scope) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return null;
        }
        Caller caller = find(authorization.substring(7).strip(), scope);
        if (caller == null) {
            throw new FaultException(
                    Fault.caller(
                            "unauthenticated",
                            "The API token is not known.",
                            "Send one from the token file or the page Users; it may have been revoked."));
        }
        return caller;
    }

    /// Whose token this is, or null if nobody's. Throws `tenant_refused` when the holder names a
    /// tenant that is not theirs.
    ///
    /// @param scope the header `X-Scope-OrgID`, empty for none
    @Nullable Caller find(String token, String scope) {
        Held held = held(Secrets.digest(token));
        if (held == null) {
            return null;
        }
        Caller caller = held.caller();
        if (scope.isEmpty() || scope.equals(caller.tenant().id())) {
            return caller;
        }
        if (!held.proxy()) {
            throw new FaultException(
                    Fault.caller(
                            "tenant_refused",
                            "X-Scope-OrgID names another tenant than the token's.",
                            "Leave it out, or send a token with the role proxy."));
        }
        return new Caller(caller.user(), caller.role(), new Tenant(scope), caller.mode());
    }

    private @Nullable Held held(String digest) {
        Held held = byDigest.get(digest);
        if (held != null || issued == null) {
            return held;
        }
        Caller caller = issued.use(digest);
        return caller == null ? null : new Held(caller, false);
    }

    /// Whether a token of this digest still opens the door.
    boolean stillGood(String digest) {
        return byDigest.containsKey(digest) || (issued != null && issued.has(digest));
    }
}

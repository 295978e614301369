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

/// The tokens programs send as `Authorization: Bearer`. Immutable, thread safe.
public final class ApiTokens {

    /// The environment variable that may hold one token with every right in tenant `default`.
    public static final String VARIABLE = "FRAMEWATCH_TOKEN";

    private static final int TOKENS_MAX = 10_000;
    private static final int TOKEN_LENGTH_MIN = 16;

    private final Map<String, Caller> byDigest;

    private ApiTokens(Map<String, Caller> byDigest) {
        this.byDigest = Map.copyOf(byDigest);
    }

    /// Reads the token file and the variable's value, either of which may be absent.
    ///
    /// A line of the file is `TOKEN TENANT [viewer|operator]`; empty lines and `#` comments are
    /// skipped. Throws `tokens_file` naming the line, never the token.
    public static ApiTokens read(@Nullable Path file, @Nullable String variable) {
        Map<String, Caller> tokens = new HashMap<>();
        if (variable != null && !variable.isBlank()) {
            tokens.put(
                    Secrets.digest(variable.strip()),
                    new Caller("token", Caller.Role.OPERATOR, Tenant.DEFAULT, "login"));
        }
        if (file != null) {
            List<String> lines = lines(file);
            for (int i = 0; i < lines.size(); i++) {
                line(file, i + 1, lines.get(i).strip(), tokens);
            }
        }
        return new ApiTokens(tokens);
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

    private static void line(Path file, int number, String line, Map<String, Caller> into) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split("\\s+");
        String role = words.length > 2 ? words[2].toLowerCase(Locale.ROOT) : "viewer";
        boolean wrong =
                words.length < 2
                        || words.length > 3
                        || words[0].length() < TOKEN_LENGTH_MIN
                        || !List.of("viewer", "operator").contains(role)
                        || into.size() >= TOKENS_MAX;
        if (wrong) {
            throw new FaultException(
                    Fault.operator(
                            "tokens_file",
                            file + ":" + number + ": not `TOKEN TENANT [viewer|operator]`.",
                            "Write a token of at least "
                                    + TOKEN_LENGTH_MIN
                                    + " characters, a tenant and a role."));
        }
        into.put(
                Secrets.digest(words[0]),
                new Caller(
                        "token " + file.getFileName() + ":" + number,
                        role.equals("operator") ? Caller.Role.OPERATOR : Caller.Role.VIEWER,
                        new Tenant(words[1]),
                        "login"));
    }

    /// Whose token this is, or null if nobody's.
    @Nullable Caller find(String token) {
        return byDigest.get(Secrets.digest(token));
    }
}

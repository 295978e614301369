package io.framewatch.server.config;

import io.framewatch.model.yaml.YamlMap;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the section `access`.
final class AccessSection {

    private final UnaryOperator<Path> inFolder;

    /// @param inFolder takes a path from the file's folder
    AccessSection(UnaryOperator<Path> inFolder) {
        this.inFolder = inFolder;
    }

    AccessSettings read(YamlMap map) {
        AccessSettings defaults = AccessSettings.DEFAULT;
        URI external = address(map, "externalUrl");
        AccessSettings access =
                new AccessSettings(
                        file(map, "tokensFile"),
                        file(map, "usersFile"),
                        map.oneOf("anonymous", "off", List.of("off", "viewer")).equals("viewer"),
                        map.oneOf("login", "auto", List.of("auto", "always")).equals("always"),
                        external,
                        map.has("oidc") ? oidc(map.map("oidc"), map, external) : null,
                        (int) map.whole("sessionsMax", defaults.sessionsMax(), 1, 100_000),
                        map.durationMs("sessionIdle", defaults.sessionIdleMs()),
                        map.durationMs("sessionMax", defaults.sessionMaxMs()),
                        map.durationMs("loginLink", defaults.loginLinkMs()));
        map.rejectUnknown();
        return access;
    }

    private OidcSettings oidc(YamlMap map, YamlMap access, @Nullable URI external) {
        if (external == null) {
            access.keyAt("oidc").problem("needs `access.externalUrl`, where browsers come back to");
        }
        map.required("issuer");
        URI issuer = address(map, "issuer");
        YamlMap roles = map.map("roles");
        OidcSettings oidc =
                new OidcSettings(
                        map.text("name", "OpenID Connect"),
                        issuer == null ? URI.create("https://unknown.invalid") : issuer,
                        map.required("clientId"),
                        Secrets.read(map, "clientSecretFile", "clientSecretEnv", inFolder),
                        scopes(map),
                        file(map, "caFile"),
                        map.text("userClaim", "preferred_username"),
                        map.text("roleClaim", "groups"),
                        roles.texts("viewer"),
                        roles.texts("editor"),
                        roles.texts("admin"),
                        map.textOrNull("tenantClaim"),
                        map.has("tenants") ? map.textMap("tenants") : Map.of(),
                        map.durationMs("clockSkew", 60_000),
                        map.durationMs("timeout", 10_000));
        roles.rejectUnknown();
        map.rejectUnknown();
        if (oidc.viewers().isEmpty() && oidc.editors().isEmpty() && oidc.admins().isEmpty()) {
            map.keyAt("roles").problem("`roles` lets nobody in; write for example viewer: [\"*\"]");
        }
        return oidc;
    }

    private static List<String> scopes(YamlMap map) {
        List<String> scopes = map.texts("scopes");
        return scopes.isEmpty() ? List.of("openid", "profile", "email") : scopes;
    }

    private @Nullable Path file(YamlMap map, String key) {
        String name = map.textOrNull(key);
        return name == null ? null : inFolder.apply(Path.of(name));
    }

    private static @Nullable URI address(YamlMap map, String key) {
        String text = map.textOrNull(key);
        if (text == null) {
            return null;
        }
        URI address = SettingsFile.webAddress(text);
        if (address == null) {
            map.keyAt(key).problem("expected an http or https address");
        }
        return address;
    }
}

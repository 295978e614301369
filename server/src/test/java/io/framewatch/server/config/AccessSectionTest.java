package io.framewatch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.framewatch.ingest.config.SecretSource;
import io.framewatch.model.FaultException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessSectionTest {

    private static final Path AT = Path.of("/etc/framewatch/framewatch.yml");

    private static AccessSettings read(String text) {
        return SettingsFile.parse("f.yml", text, AT).access();
    }

    @Test
    void everyKeyIsTaken() {
        AccessSettings access =
                read(
                        """
                        access:
                          usersFile: people.txt
                          anonymous: viewer
                          login: always
                          externalUrl: https://framewatch.example
                          oidc:
                            name: Company
                            issuer: https://id.example/realms/video
                            clientId: framewatch
                            clientSecretFile: secret
                            scopes: [openid, groups]
                            caFile: ca.pem
                            userClaim: email
                            roleClaim: realm_access.roles
                            roles: {viewer: ["*"], editor: [video], admin: [root]}
                            tenantClaim: org
                            tenants: {a: acme}
                            clockSkew: 5s
                            timeout: 3s
                        """);
        Path folder = Path.of("/etc/framewatch");
        assertThat(access.usersFile()).isEqualTo(folder.resolve("people.txt"));
        assertThat(access.anonymousViewer()).isTrue();
        assertThat(access.always()).isTrue();
        assertThat(access.externalUrl()).isEqualTo(URI.create("https://framewatch.example"));
        assertThat(access.oidc())
                .isEqualTo(
                        new OidcSettings(
                                "Company",
                                URI.create("https://id.example/realms/video"),
                                "framewatch",
                                new SecretSource.InFile(folder.resolve("secret")),
                                List.of("openid", "groups"),
                                folder.resolve("ca.pem"),
                                "email",
                                "realm_access.roles",
                                List.of("*"),
                                List.of("video"),
                                List.of("root"),
                                "org",
                                Map.of("a", "acme"),
                                5_000,
                                3_000));
    }

    @Test
    void whatIsMissingIsToldAtItsPlace() {
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() ->
                        read(
                                """
                                access:
                                  anonymous: admin
                                  oidc: {issuer: "ftp://x", clientSecret: in-place, clientSecretEnv: FRAMEWATCH_NOT_SET}
                                """))
                .withMessageContaining("`anonymous` must be one of off, viewer")
                .withMessageContaining("f.yml:3:3: needs `access.externalUrl`")
                .withMessageContaining("expected an http or https address")
                .withMessageContaining("`clientId` is missing")
                .withMessageContaining("unknown key `clientSecret`")
                .withMessageContaining("the variable FRAMEWATCH_NOT_SET is not set")
                .withMessageContaining("lets nobody in")
                .withMessageNotContaining("in-place");
    }
}

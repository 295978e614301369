package io.framewatch.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HiddenSecretsTest {

    @Test
    void secretsAreHiddenAndAllElseStays() {
        String yaml =
                """
                # tämä jää
                scrape_configs:
                - job_name: a  # kept
                  basic_auth: {username: u, password: "p 1"}
                  http_headers: {X: {secrets: [one, two], values: [v]}}
                  tls_config:
                    key: |
                      -----BEGIN
                      abc
                    insecure_skip_verify: true
                  http_sd_configs: [{url: 'http://me:pass@h/x'}]
                - job_name: b
                  bearer_token: t
                """;
        assertThat(HiddenSecrets.in(yaml))
                .isEqualTo(
                        """
                        # tämä jää
                        scrape_configs:
                        - job_name: a  # kept
                          basic_auth: {username: u, password: <secret>}
                          http_headers: {X: {secrets: [<secret>, <secret>], values: [v]}}
                          tls_config:
                            key: <secret>
                            insecure_skip_verify: true
                          http_sd_configs: [{url: 'http://<secret>@h/x'}]
                        - job_name: b
                          bearer_token: <secret>
                        """);
    }

    @Test
    void aSecretMeantByAnAliasIsHiddenWhereItStands() {
        assertThat(HiddenSecrets.in("x: &p s3cret\npassword: *p\n")).doesNotContain("s3cret");
    }

    @Test
    void whatIsNoYamlIsNotShown() {
        assertThat(HiddenSecrets.in("password: [s3cret")).isEmpty();
    }
}

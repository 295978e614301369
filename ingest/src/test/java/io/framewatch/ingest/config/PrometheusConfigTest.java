package io.framewatch.ingest.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.framewatch.model.FaultException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrometheusConfigTest {

    private static final Path FILE = Path.of("/etc/framewatch/prometheus.yml");

    private static String problems(String yaml) {
        FaultException fault =
                catchThrowableOfType(
                        FaultException.class, () -> PrometheusConfig.parse(FILE, yaml));
        assertThat(fault.fault().code()).isEqualTo("config_invalid");
        return fault.fault().what();
    }

    @Test
    void anEmptyFileIsAConfiguration() {
        PrometheusConfig config = PrometheusConfig.parse(FILE, "");
        assertThat(config.scrapeConfigs()).isEmpty();
        assertThat(config.global().scrapeIntervalMs()).isEqualTo(60_000);
        assertThat(config.global().scrapeTimeoutMs()).isEqualTo(10_000);
    }

    @Test
    void everyProblemIsToldAtOnceWithItsPlace() {
        String told =
                problems(
                        """
                        global:
                          scrape_intervall: 15s
                          evaluation_interval: soon
                        scrape_configs:
                          - job_name: a
                            sample_limit: many
                            static_configs:
                              - target: ['x:1']
                          - job_name: a
                            scheme: gopher
                        """);
        assertThat(told)
                .contains(
                        FILE
                                + ":2:3: unknown key `scrape_intervall`; did you mean"
                                + " `scrape_interval`?")
                .contains(FILE + ":3:24: ")
                .contains(FILE + ":6:19: ")
                .contains(":8:9: unknown key `target`; did you mean `targets`?")
                .contains("used more than once")
                .contains(":10:13: ");
    }

    @Test
    void twoUnnamedRemotesOfOneAddressAreToldToTakeNames() {
        String told =
                problems(
                        """
                        remote_write:
                          - url: http://me:hush@far/write
                          - url: http://you:hush@far/write
                        """);
        assertThat(told)
                .contains(FILE + ":3:10: ")
                .contains("\"http://far/write\" is used more than once")
                .contains("`name`")
                .doesNotContain("hush");
        PrometheusConfig named =
                PrometheusConfig.parse(
                        FILE,
                        """
                        remote_write:
                          - {url: "http://far/write", name: one}
                          - {url: "http://far/write"}
                        """);
        assertThat(named.remoteWrite()).hasSize(2);
    }

    @Test
    void globalsAreInheritedAndOverridden() {
        PrometheusConfig config =
                PrometheusConfig.parse(
                        FILE,
                        """
                        global: {scrape_interval: 5s, sample_limit: 7, body_size_limit: 2KB}
                        scrape_configs:
                        - job_name: a
                        - {job_name: b, scrape_interval: 1m, scrape_timeout: 30s, sample_limit: 9}
                        """);
        ScrapeConfig a = config.scrapeConfigs().get(0);
        ScrapeConfig b = config.scrapeConfigs().get(1);
        assertThat(a.intervalMs()).isEqualTo(5000);
        assertThat(a.timeoutMs()).isEqualTo(5000);
        assertThat(a.limits().samplesMax()).isEqualTo(7);
        assertThat(a.limits().bodyBytesMax()).isEqualTo(2048);
        assertThat(b.timeoutMs()).isEqualTo(30_000);
        assertThat(b.limits().samplesMax()).isEqualTo(9);
        assertThat(b.limits().bodyBytesMax()).isEqualTo(2048);
    }

    @Test
    void secretsComeFromFileOrEnvironmentAndAreNeverPrinted() {
        ConfigFile file = new ConfigFile(name -> name.equals("TOKEN") ? "t0ken" : null);
        PrometheusConfig config =
                file.parse(
                        FILE,
                        """
                        scrape_configs:
                        - job_name: a
                          authorization: {credentials: '${TOKEN}'}
                        - job_name: b
                          basic_auth: {username: u, password: hunter2}
                        - job_name: c
                          basic_auth: {username: u, password_file: pass.txt}
                          http_headers: {X-Key: {secrets: [s3cret]}}
                        """);
        assertThat(config.toString()).doesNotContain("t0ken", "hunter2", "s3cret");
        HttpAuth a = config.scrapeConfigs().get(0).http().auth();
        assertThat(a)
                .isEqualTo(
                        new HttpAuth.Header(
                                "Bearer", new SecretSource.Inline(new Secret("t0ken"))));
        HttpAuth.Basic c = (HttpAuth.Basic) config.scrapeConfigs().get(2).http().auth();
        assertThat(c.password())
                .isEqualTo(new SecretSource.InFile(Path.of("/etc/framewatch/pass.txt")));
        FaultException unset =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                file.parse(
                                        FILE,
                                        "scrape_configs: [{job_name: a, bearer_token:"
                                                + " '${NONE}'}]"));
        assertThat(unset.fault().what()).contains("NONE is not set");
    }

    @Test
    void externalLabelsExpandTheEnvironment() {
        ConfigFile file = new ConfigFile(name -> name.equals("SITE") ? "north" : null);
        PrometheusConfig config =
                file.parse(
                        FILE,
                        "global: {external_labels: {a: '${SITE}-$SITE', b: '$$1', c: 'x${NO}y', d:"
                                + " plain}}");
        assertThat(config.global().externalLabels().toString())
                .isEqualTo("{a=\"north-north\", b=\"$1\", c=\"xy\", d=\"plain\"}");
    }

    @Test
    void ruleFilesAreExpanded(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("rules"));
        for (String name : List.of("b.yml", "a.yml", "c.txt")) {
            Files.writeString(folder.resolve("rules").resolve(name), "");
        }
        PrometheusConfig config =
                PrometheusConfig.parse(
                        folder.resolve("p.yml"), "rule_files: ['rules/*.yml', 'rules/a.yml']");
        assertThat(config.ruleFilePaths())
                .containsExactly(folder.resolve("rules/a.yml"), folder.resolve("rules/b.yml"));
    }

    @Test
    void aMissingFileIsNamed() {
        FaultException fault =
                catchThrowableOfType(
                        FaultException.class, () -> PrometheusConfig.read(Path.of("/no/such.yml")));
        assertThat(fault.fault().code()).isEqualTo("config_unreadable");
        assertThat(fault.fault().what()).contains("/no/such.yml").contains("does not exist");
    }

    @Test
    void whatIsNotCarriedOutIsWarnedOf() {
        PrometheusConfig config =
                PrometheusConfig.parse(
                        FILE, "scrape_configs: [{job_name: a, consul_sd_configs: [{server: c}]}]");
        assertThat(config.warnings()).singleElement().asString().contains("consul_sd_configs");
    }
}

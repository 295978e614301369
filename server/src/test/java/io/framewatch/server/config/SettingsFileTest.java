package io.framewatch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.ingest.config.HttpAuth;
import io.framewatch.ingest.config.SecretSource;
import io.framewatch.ingest.forward.OtlpRemote;
import io.framewatch.ingest.forward.Tenants;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.server.dashboards.BoardLimits;
import io.framewatch.server.dashboards.FolderSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsFileTest {

    private static final Path AT = Path.of("/etc/framewatch/framewatch.yml");

    @Test
    void anEmptyFileMeansTheDefaults() {
        assertThat(SettingsFile.parse("framewatch.yml", "", AT)).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void everyKeyIsTaken() {
        Settings settings =
                SettingsFile.parse(
                        "framewatch.yml",
                        """
                        title: Stadium
                        listen: {address: "0.0.0.0:8080", grpc: "127.0.0.1:4400"}
                        access: {tokensFile: tokens.txt, sessionsMax: 7, sessionIdle: 1h, sessionMax: 1d, loginLink: 5m}
                        limits: {requestBytesMax: 1MB, connectionsMax: 10, readTimeout: 5s, requestsMax: 11, queryTimeout: 30s, querySeriesMax: 12, querySamplesMax: 13, viewersMax: 14}
                        store: {folder: data, retention: 1h, seriesPerTenantMax: 15, durable: false}
                        host: {enabled: false, interval: 30s}
                        prometheus: {config: prometheus.yml}
                        rules: [rules/live.yml]
                        inventory: inventory.yml
                        receivers: [{name: chat, url: "https://chat.example/hook"}]
                        dashboards: {folders: [{path: boards, folder: Ours, editable: true}], boardBytesMax: 1MB, boardsMax: 16, versionsMax: 17, storeBytesMax: 2MB}
                        promql: {startTimestamps: true}
                        """,
                        AT);
        Path folder = Path.of("/etc/framewatch");
        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                "serve",
                                "Stadium",
                                new ListenSettings("0.0.0.0", 8080, true),
                                GrpcSettings.at(new ListenSettings("127.0.0.1", 4400, true)),
                                new AccessSettings(
                                        folder.resolve("tokens.txt"),
                                        7,
                                        3_600_000,
                                        86_400_000,
                                        300_000),
                                new LimitSettings(1 << 20, 10, 5_000, 11, 30_000, 12, 13, 14),
                                StoreSettings.inMemory(folder.resolve("data"), 3_600_000, 15),
                                new HostSettings(false, 30_000),
                                folder.resolve("prometheus.yml"),
                                List.of(folder.resolve("rules/live.yml")),
                                folder.resolve("inventory.yml"),
                                List.of(
                                        new ReceiverSettings(
                                                "chat", URI.create("https://chat.example/hook"))),
                                new DashboardSettings(
                                        List.of(
                                                new FolderSettings(
                                                        folder.resolve("boards"), "Ours", true)),
                                        new BoardLimits(1 << 20, 16, 17, 2 << 20)),
                                List.of(),
                                SharingSettings.DEFAULT,
                                ForwardSettings.DEFAULT,
                                new PromqlSettings(true)));
    }

    @Test
    void dataSourcesAndSharingAreTaken() {
        Settings settings =
                SettingsFile.parse(
                        "framewatch.yml",
                        """
                        datasources: [{name: Our Mimir, type: prometheus, url: "https://mimir.example/prometheus/", tokenFile: token, caFile: ca.pem, timeout: 5s, default: true, tenants: [acme]}]
                        sharing: {keep: 2s, bytesMax: 3MB}
                        """,
                        AT);
        Path folder = Path.of("/etc/framewatch");
        assertThat(settings.sharing()).isEqualTo(new SharingSettings(2_000, 3 << 20));
        assertThat(settings.datasources())
                .containsExactly(
                        new DatasourceSettings(
                                "our-mimir",
                                "Our Mimir",
                                DatasourceSettings.Type.PROMETHEUS,
                                URI.create("https://mimir.example/prometheus"),
                                new HttpAuth.Header(
                                        "Bearer", new SecretSource.InFile(folder.resolve("token"))),
                                HttpSection.trusting(folder.resolve("ca.pem")),
                                5_000,
                                true,
                                List.of("acme")));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() ->
                        SettingsFile.parse(
                                "f.yml",
                                """
                                limits:
                                  viewerMax: 3
                                listen: {address: "host:port"}
                                receivers: [{name: x, url: "ftp://x"}]
                                """,
                                AT))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining(
                        "f.yml:2:3: unknown key `viewerMax`; did you mean `viewersMax`?")
                .hasMessageContaining("f.yml:3:19: expected HOST:PORT")
                .hasMessageContaining("f.yml:4:23: expected an http or https address");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:80,0.0.0.0,80,true",
        ":8080,0.0.0.0,8080,true",
        "localhost,localhost,9090,false",
        "[::1]:9090,::1,9090,true",
        "::1,::1,9090,false"
    })
    void readsAddresses(String text, String host, int port, boolean fixed) {
        assertThat(ListenSettings.parse(text)).isEqualTo(new ListenSettings(host, port, fixed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:", "host:99999", "http://host:80", "", "a b:1"})
    void refusesWhatIsNoAddress(String text) {
        assertThat(ListenSettings.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,true", "127.9.9.9,true", "::1,true", "localhost,true", "10.0.0.1,false"})
    void knowsLoopback(String host, boolean loopback) {
        assertThat(new ListenSettings(host, 1, false).loopback()).isEqualTo(loopback);
    }

    @Test
    void whatIsSentOnIsRead() {
        ForwardSettings forward =
                SettingsFile.parse(
                                "framewatch.yml",
                                """
                                forward:
                                  spoolBytesMax: 1GB
                                  otlp:
                                    - {name: far, url: "https://collector.example/", tokenFile: token, timeout: 3s, compression: none, signals: [logs], headers: {X-Site: north}}
                                    - {url: "http://near.example:4318"}
                                    - {url: "https://rpc.example:4317", protocol: grpc, requestsMax: 7, tenants: ["*"], tenantHeader: X-Scope-OrgID}
                                  remoteWrite:
                                    - {name: headquarters, tenants: [north, south], tenantHeader: X-Scope-OrgID}
                                    - {name: archive, tenants: [south]}
                                """,
                                AT)
                        .forward();
        assertThat(forward.spoolBytesMax()).isEqualTo(1L << 30);
        OtlpRemote far = forward.otlp().getFirst();
        assertThat(far.name()).isEqualTo("far");
        assertThat(far.url()).isEqualTo(URI.create("https://collector.example"));
        assertThat(far.http().auth())
                .isEqualTo(
                        new HttpAuth.Header(
                                "Bearer",
                                new SecretSource.InFile(Path.of("/etc/framewatch/token"))));
        assertThat(far.timeoutMs()).isEqualTo(3_000);
        assertThat(far.gzip()).isFalse();
        assertThat(far.signals()).containsExactly(Kind.LINES);
        assertThat(far.http().headers()).containsOnlyKeys("X-Site");
        OtlpRemote near = forward.otlp().get(1);
        assertThat(near.name()).isEqualTo("http://near.example:4318");
        assertThat(near.signals()).containsExactlyInAnyOrder(Kind.POINTS, Kind.LINES, Kind.SPANS);
        assertThat(near.grpc()).isFalse();
        assertThat(near.requestsMax()).isEqualTo(4);
        assertThat(near.tenants()).isEqualTo(Tenants.DEFAULT);
        OtlpRemote rpc = forward.otlp().get(2);
        assertThat(rpc.grpc()).isTrue();
        assertThat(rpc.requestsMax()).isEqualTo(7);
        assertThat(rpc.tenants()).isEqualTo(new Tenants(Set.of(), "X-Scope-OrgID"));
        Tenant south = new Tenant("south");
        assertThat(forward.remoteWrite())
                .containsEntry(
                        "headquarters",
                        new Tenants(Set.of(new Tenant("north"), south), "X-Scope-OrgID"))
                .containsEntry("archive", new Tenants(Set.of(south), ""));
    }

    @Test
    void whatCannotBeSentOnIsTold() {
        String text =
                """
                forward:
                  spoolBytesMax: 1MB
                  otlp:
                    - {name: a, url: "http://me:hush@far.example"}
                    - {name: a, url: "http://far.example", signals: [samples]}
                    - {name: b, url: "http://b.example/v1", protocol: grpc, requestsMax: 0, tenants: ["*"]}
                    - {name: c, url: "http://c.example", tenants: [a/b], headers: {x-tenant: c}, tenantHeader: X-Tenant}
                  remoteWrite:
                    - {name: far, tenants: [a, b]}
                    - {name: far, tenants: ["*", b], tenantHeader: "X: Y"}
                """;
        assertThatThrownBy(() -> SettingsFile.parse("framewatch.yml", text, AT))
                .hasMessageContaining("expected 64MB or more")
                .hasMessageContaining("without credentials")
                .hasMessageContaining("another remote is called a")
                .hasMessageContaining("`signals` are metrics, logs and traces")
                .hasMessageContaining("an address for gRPC has no path")
                .hasMessageContaining("requestsMax")
                .hasMessageContaining("name a `tenantHeader`")
                .hasMessageContaining("`a/b` can be no tenant")
                .hasMessageContaining("`headers` sets it already")
                .hasMessageContaining("the remote far stands here already")
                .hasMessageContaining("stands alone")
                .hasMessageContaining("expected the name of a header");
    }

    @Test
    void limitsOfAllQueriesAndOfTenantsAreRead() {
        LimitSettings limits =
                SettingsFile.parse(
                                "framewatch.yml",
                                """
                                limits:
                                  queryTimeout: 1m
                                  queriesMax: 8
                                  queriesPerTenantMax: 5
                                  queriesWaitingMax: 9
                                  queryWait: 3s
                                  queryMemory: 16MB
                                  tenants:
                                    big: {queriesMax: 7, querySeriesMax: 10, querySamplesMax: 20, queryTimeout: 4s}
                                """,
                                AT)
                        .limits();
        Tenant big = new Tenant("big");
        assertThat(limits.queries().guard())
                .isEqualTo(new QueryGuard.Limits(8, 5, 9, 3_000, 1 << 20, Map.of(big, 7)));
        assertThat(limits.query(big)).isEqualTo(new QueryLimits(10, 20, 11_000, 4_000));
        assertThat(limits.query(Tenant.DEFAULT).timeoutMs()).isEqualTo(60_000);
        assertThatThrownBy(() ->
                        SettingsFile.parse(
                                "framewatch.yml",
                                "limits: {queryMemory: 1KB, tenants: {a/b: {}, c: {querySerieMax: 1}}}",
                                AT))
                .hasMessageContaining("expected 1MB or more")
                .hasMessageContaining("tenant id")
                .hasMessageContaining("querySeriesMax");
    }
}

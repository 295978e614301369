package io.framewatch.ingest.discover;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.kubernetes.Finds;
import io.framewatch.model.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
final class DnsFinderTest {

    @TempDir private Path folder;
    private DnsDouble dns;

    @BeforeEach
    void open() throws IOException {
        dns = new DnsDouble();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private Finds finds(String keys) throws IOException {
        Path resolv = folder.resolve("resolv.conf");
        Files.writeString(resolv, "nameserver 192.0.2.1\nsearch one.example two.example\n");
        DiscoveryEnvironment environment =
                new DiscoveryEnvironment(
                        dns.address(), resolv, Map.<String, String>of()::get, folder);
        return new Finds(folder, environment, "dns_sd_configs: [{" + keys + "}]");
    }

    private static void awaitReady(Finds finds) {
        await().atMost(30, SECONDS).until(() -> finds.now().ready());
    }

    @Test
    void serviceRecordsGiveHostsAndPorts() throws IOException {
        dns.has(
                "SRV",
                "_metrics._tcp.video.example.",
                DnsDouble.data("cam1.video.example", 10, 5, 9100),
                DnsDouble.data("cam2.video.example", 10, 5, 9200));
        try (Finds finds = finds("names: [_metrics._tcp.video.example]")) {
            awaitReady(finds);
            assertThat(finds.targets())
                    .containsOnlyKeys("cam1.video.example:9100", "cam2.video.example:9200")
                    .containsEntry(
                            "cam1.video.example:9100",
                            Labels.of(
                                    "__meta_dns_name",
                                    "_metrics._tcp.video.example",
                                    "__meta_dns_srv_record_port",
                                    "9100",
                                    "__meta_dns_srv_record_target",
                                    "cam1.video.example."));
        }
    }

    @Test
    void addressesTakeTheConfiguredPort() throws IOException {
        dns.has("A", "cams.example.", DnsDouble.address("192.0.2.7"));
        dns.has("AAAA", "cams.example.", DnsDouble.address("2001:db8:0:0:1::2"));
        try (Finds finds = finds("names: [cams.example], type: A, port: 9100")) {
            awaitReady(finds);
            assertThat(finds.targets()).containsOnlyKeys("192.0.2.7:9100");
        }
        try (Finds finds = finds("names: [cams.example], type: aaaa, port: 9100")) {
            awaitReady(finds);
            assertThat(finds.targets()).containsOnlyKeys("[2001:db8::1:0:0:2]:9100");
        }
    }

    @Test
    void mailAndNameServersAreTargetsToo() throws IOException {
        dns.has("MX", "video.example.", DnsDouble.data("mx.video.example", 10));
        dns.has("NS", "video.example.", DnsDouble.data("ns.video.example"));
        try (Finds finds = finds("names: [video.example], type: MX, port: 25")) {
            awaitReady(finds);
            assertThat(finds.targets().get("mx.video.example:25"))
                    .isEqualTo(
                            Labels.of(
                                    "__meta_dns_mx_record_target",
                                    "mx.video.example.",
                                    "__meta_dns_name",
                                    "video.example"));
        }
        try (Finds finds = finds("names: [video.example], type: NS, port: 53")) {
            awaitReady(finds);
            assertThat(finds.targets()).containsOnlyKeys("ns.video.example:53");
        }
    }

    @Test
    void shortNamesAreLookedForAlongTheSearchPath() throws IOException {
        dns.has("A", "cams.two.example.", DnsDouble.address("192.0.2.7"));
        try (Finds finds = finds("names: [cams], type: A, port: 1")) {
            awaitReady(finds);
            assertThat(finds.targets()).containsOnlyKeys("192.0.2.7:1");
            assertThat(dns.asked).containsExactly("A cams.one.example.", "A cams.two.example.");
        }
    }

    @Test
    void aNameThatIsGoneTakesItsTargetsAlongAndAFailureDoesNot() throws IOException {
        dns.has("A", "cams.example.", DnsDouble.address("192.0.2.7"));
        try (Finds finds =
                finds("names: [cams.example], type: A, port: 1, refresh_interval: 100ms")) {
            awaitReady(finds);
            dns.fail(2);
            await().atMost(30, SECONDS).until(() -> !finds.now().problems().isEmpty());
            assertThat(finds.targets()).containsOnlyKeys("192.0.2.7:1");
            assertThat(finds.now().problems().getFirst()).contains("cams.example");
            assertThat(finds.finders.statuses().getFirst().failures()).isPositive();
            dns.fail(3);
            await().atMost(30, SECONDS).until(() -> finds.targets().isEmpty());
            assertThat(finds.now().problems()).isEmpty();
        }
    }
}

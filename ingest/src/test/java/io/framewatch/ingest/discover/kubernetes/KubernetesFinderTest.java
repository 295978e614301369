package io.framewatch.ingest.discover.kubernetes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.ingest.discover.find.DiscoveryEnvironment;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// List and watch, and the ways to the API.
@Timeout(90)
final class KubernetesFinderTest {

    @TempDir private Path folder;
    private KubernetesDouble api;

    @BeforeEach
    void open() throws IOException {
        api = new KubernetesDouble();
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Finds finds(String keys) {
        return finds(DiscoveryEnvironment.SYSTEM, "api_server: " + api.address() + "\n" + keys);
    }

    private Finds finds(DiscoveryEnvironment environment, String keys) {
        return new Finds(folder, environment, "kubernetes_sd_configs:\n-\n" + keys.indent(2));
    }

    private static String pod(String name, String node, String ip) {
        return ("{'metadata':{'name':'NAME','namespace':'video','labels':{'app':'NAME'},"
                        + "'managedFields':[{}]},'spec':{'nodeName':'NODE','containers':"
                        + "[{'name':'c','image':'i','ports':[{'containerPort':9100}]}]},"
                        + "'status':{'podIP':'ADDRESS'}}")
                .replace("NAME", name)
                .replace("NODE", node)
                .replace("ADDRESS", ip);
    }

    private static void awaitTargets(Finds finds, String... addresses) {
        await().atMost(30, SECONDS)
                .untilAsserted(
                        () -> assertThat(finds.targets().keySet()).isEqualTo(Set.of(addresses)));
    }

    @Test
    void followsWhatIsAddedChangedAndDeleted() {
        api.put("pods", pod("a", "n1", "10.0.0.1"));
        try (Finds finds = finds("role: pod")) {
            awaitTargets(finds, "10.0.0.1:9100");
            api.put("pods", pod("b", "n1", "10.0.0.2"));
            awaitTargets(finds, "10.0.0.1:9100", "10.0.0.2:9100");
            api.put("pods", pod("a", "n1", "10.0.0.7"));
            awaitTargets(finds, "10.0.0.7:9100", "10.0.0.2:9100");
            api.delete("pods", "video", "b");
            awaitTargets(finds, "10.0.0.7:9100");
            assertThat(finds.now()).isSameAs(finds.now());
        }
    }

    @Test
    void listsInPages() {
        for (int i = 0; i < 1201; i++) {
            api.put("pods", pod("p" + i, "n", "10.0." + i / 250 + "." + (i % 250 + 1)));
        }
        try (Finds finds = finds("role: pod")) {
            await().atMost(30, SECONDS).until(() -> finds.targets().size() == 1201);
            assertThat(api.requests.stream().filter(uri -> uri.contains("continue="))).hasSize(2);
        }
    }

    @Test
    void goesOnFromTheLatestVersionWhenAWatchEnds() {
        api.put("pods", pod("a", "n", "10.0.0.1"));
        try (Finds finds = finds("role: pod")) {
            awaitTargets(finds, "10.0.0.1:9100");
            api.bookmark("pods"); // version 102: an object of another kind may have changed
            api.put("pods", pod("b", "n", "10.0.0.2"));
            awaitTargets(finds, "10.0.0.1:9100", "10.0.0.2:9100");
            api.dropWatches();
            await().atMost(30, SECONDS)
                    .until(() ->
                            api.requests.stream()
                                    .anyMatch(uri -> uri.contains("resourceVersion=103")));
            api.put("pods", pod("c", "n", "10.0.0.3"));
            awaitTargets(finds, "10.0.0.1:9100", "10.0.0.2:9100", "10.0.0.3:9100");
            assertThat(api.requests.stream().filter(uri -> uri.contains("limit="))).hasSize(1);
        }
    }

    @Test
    void listsAnewWhenItsVersionIsGone() {
        api.put("pods", pod("a", "n", "10.0.0.1"));
        try (Finds finds = finds("role: pod")) {
            awaitTargets(finds, "10.0.0.1:9100");
            api.refuse(503);
            await().atMost(30, SECONDS).until(() -> !finds.now().problems().isEmpty());
            assertThat(finds.targets()).containsOnlyKeys("10.0.0.1:9100");
            assertThat(finds.now().problems().getFirst()).contains("/api/v1/pods", "503");
            api.delete("pods", "video", "a");
            api.put("pods", pod("b", "n", "10.0.0.2"));
            api.compact();
            api.refuse(0);
            awaitTargets(finds, "10.0.0.2:9100");
            await().atMost(30, SECONDS).until(() -> finds.now().problems().isEmpty());
            DiscoveryStatus status = finds.finders.statuses().getFirst();
            assertThat(status.failures()).isPositive();
            assertThat(status.targets()).isEqualTo(1);
            assertThat(status.lastSuccessMs()).isPositive();
        }
    }

    @Test
    void asksForNamespacesAndSelectedObjectsOnly() {
        api.put("pods", pod("a", "n1", "10.0.0.1"));
        api.put("pods", pod("b", "n2", "10.0.0.2"));
        api.put("pods", pod("other", "n1", "10.0.0.3").replace("video", "else"));
        String keys =
                """
                role: pod
                namespaces: {names: [video]}
                selectors: [{role: pod, field: spec.nodeName=n1, label: app=a}]
                """;
        try (Finds finds = finds(keys)) {
            awaitTargets(finds, "10.0.0.1:9100");
            api.put("pods", pod("a", "n1", "10.0.0.9"));
            awaitTargets(finds, "10.0.0.9:9100");
            assertThat(api.requests)
                    .allMatch(uri -> uri.startsWith("/api/v1/namespaces/video/pods?"));
        }
    }

    @Test
    void readsAKubeconfigFile() throws IOException {
        api.requireToken("secret-1");
        api.put("pods", pod("a", "n", "10.0.0.1"));
        String text =
                """
                current-context: here
                contexts: [{name: here, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: 'SERVER/'}}]
                users: [{name: u, user: {token: secret-1}}]
                """;
        Files.writeString(folder.resolve("kube"), text.replace("SERVER", api.address()));
        String keys = "role: pod\nkubeconfig_file: kube";
        try (Finds finds = finds(DiscoveryEnvironment.SYSTEM, keys)) {
            awaitTargets(finds, "10.0.0.1:9100");
        }
        Files.writeString(folder.resolve("kube"), text.replace("here, c", "there, c"));
        try (Finds finds = finds(DiscoveryEnvironment.SYSTEM, keys)) {
            assertThat(finds.now().problems().getFirst())
                    .contains("kube has no entry \"here\" in contexts");
        }
    }

    @Test
    void saysThatItIsInNoCluster() {
        DiscoveryEnvironment nowhere =
                new DiscoveryEnvironment("", folder, Map.<String, String>of()::get, folder);
        try (Finds finds = finds(nowhere, "role: node")) {
            assertThat(finds.now().ready()).isTrue();
            assertThat(finds.now().problems().getFirst()).contains("api_server", "kubeconfig_file");
        }
    }

    @Test
    void ownNamespaceIsThatOfTheServiceAccount() throws IOException {
        Files.writeString(folder.resolve("token"), "t");
        Files.writeString(folder.resolve("namespace"), "video\n");
        String port = api.address().substring(api.address().lastIndexOf(':') + 1);
        Map<String, String> variables =
                Map.of("KUBERNETES_SERVICE_HOST", "127.0.0.1", "KUBERNETES_SERVICE_PORT", port);
        DiscoveryEnvironment inside = new DiscoveryEnvironment("", folder, variables::get, folder);
        try (Finds finds = finds(inside, "role: pod\nnamespaces: {own_namespace: true}")) {
            // The double speaks no TLS, so what shows is which path was tried.
            await().atMost(30, SECONDS).until(() -> !finds.now().problems().isEmpty());
            assertThat(finds.now().problems().getFirst()).contains("/api/v1/namespaces/video/pods");
        }
    }

    @Test
    void tellsWrongCredentials() {
        api.requireToken("right");
        try (Finds finds = finds("role: pod\nbearer_token: wrong")) {
            await().atMost(30, SECONDS).until(() -> !finds.now().problems().isEmpty());
            assertThat(finds.now().problems().getFirst()).contains("401", "not accepted");
            assertThat(finds.now().ready()).isFalse();
        }
    }
}

package io.framewatch.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.respond.notify.Fingerprint;
import io.framewatch.respond.notify.Notification;
import io.framewatch.respond.notify.Secret;
import io.framewatch.respond.notify.SendResult;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.notify.WebhookNotifier;
import io.framewatch.testkit.ManualClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The webhook message, its signature, and receivers that fail in every way.
final class WebhookNotifierTest {

    private final ManualClock clock = new ManualClock(1_700_000_000_123L);
    private final HookServer hook = new HookServer();
    private final HttpClient client = WebhookNotifier.newClient();
    @TempDir Path folder;

    @AfterEach
    void close() {
        client.shutdownNow();
        hook.close();
    }

    private static Alert alert(String camera, boolean resolved) {
        return new Alert(
                Labels.of("alertname", "Frozen", "camera", camera, "site", "north"),
                Labels.of("summary", camera + " is frozen", "runbook", "r"),
                resolved ? Alert.State.RESOLVED : Alert.State.FIRING,
                1_600_000_000_000L,
                1_600_000_060_000L,
                resolved ? 1_600_000_120_500L : 0,
                1,
                "http://fw/graph");
    }

    private static Notification notification() {
        return new Notification(
                Tenant.DEFAULT,
                "team",
                "{}:{alertname=\"Frozen\"}",
                Labels.of("alertname", "Frozen"),
                List.of(alert("a", false), alert("b", true)),
                1_600_000_180_000L);
    }

    private static WebhookConfig config(
            URI url, int alertsMax, List<WebhookConfig.Header> headers) {
        return config(url, alertsMax, headers, Duration.ofSeconds(30));
    }

    private static WebhookConfig config(
            URI url, int alertsMax, List<WebhookConfig.Header> headers, Duration timeout) {
        return new WebhookConfig(
                new Secret.Inline(url.toString()),
                true,
                alertsMax,
                timeout,
                headers,
                new Secret.Inline("key"));
    }

    private SendResult send(WebhookConfig config) {
        return new WebhookNotifier(config, client, "http://fw", clock).send(notification());
    }

    @Test
    void theMessageIsAlertmanagersVersion4() {
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isEqualTo(new SendResult.Delivered("200"));
        JsonNode body = hook.taken.getFirst().body();
        assertThat(body.path("version").asString()).isEqualTo("4");
        assertThat(body.path("status").asString()).isEqualTo("firing");
        assertThat(body.path("receiver").asString()).isEqualTo("team");
        assertThat(body.path("groupKey").asString()).isEqualTo("{}:{alertname=\"Frozen\"}");
        assertThat(body.path("commonLabels").toString())
                .isEqualTo("{\"alertname\":\"Frozen\",\"site\":\"north\"}");
        assertThat(body.path("commonAnnotations").toString()).isEqualTo("{\"runbook\":\"r\"}");
        assertThat(body.path("externalURL").asString()).isEqualTo("http://fw");
        JsonNode firing = body.path("alerts").get(0);
        assertThat(firing.path("startsAt").asString()).isEqualTo("2020-09-13T12:27:40Z");
        assertThat(firing.path("endsAt").asString()).isEqualTo("0001-01-01T00:00:00Z");
        JsonNode resolved = body.path("alerts").get(1);
        assertThat(resolved.path("status").asString()).isEqualTo("resolved");
        assertThat(resolved.path("endsAt").asString()).isEqualTo("2020-09-13T12:28:40.500Z");
        assertThat(body.path("truncatedAlerts").asInt(-1)).isZero();
    }

    @Test
    void moreAlertsThanAskedForAreCounted() {
        send(config(hook.url("/h"), 1, List.of()));
        JsonNode body = hook.taken.getFirst().body();
        assertThat(body.path("alerts").size()).isEqualTo(1);
        assertThat(body.path("truncatedAlerts").asInt()).isEqualTo(1);
    }

    @Test
    void fingerprintsAreThoseOfPrometheus() {
        assertThat(Fingerprint.of(Labels.EMPTY)).isEqualTo("cbf29ce484222325");
        assertThat(
                        Fingerprint.of(
                                Labels.of("name", "garland, briggs", "fear", "love is not enough")))
                .isEqualTo(fear());
    }

    private static String fear() {
        long hash = 0xcbf29ce484222325L;
        for (String text : List.of("fear", "love is not enough", "name", "garland, briggs")) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ b) * 0x100000001b3L;
            }
            hash = (hash ^ 255) * 0x100000001b3L;
        }
        return HexFormat.of().toHexDigits(hash);
    }

    @Test
    void headersComeFromFilesAndTheBodyIsSigned() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "s3cret\n");
        send(
                config(
                        hook.url("/h"),
                        0,
                        List.of(
                                new WebhookConfig.Header(
                                        "Authorization", "Bearer ", new Secret.InFile(token)))));
        HookServer.Taken taken = hook.taken.getFirst();
        assertThat(taken.headers()).containsEntry("Authorization", "Bearer s3cret");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update("1700000000.".getBytes(StandardCharsets.UTF_8));
        assertThat(taken.headers())
                .containsEntry("X-framewatch-timestamp", "1700000000")
                .containsEntry(
                        "X-framewatch-signature",
                        "sha256=" + HexFormat.of().formatHex(mac.doFinal(taken.bytes())));
    }

    @Test
    void receiversThatFailAreToldApart() {
        hook.status = 500;
        hook.answer = "no  room\n" + "x".repeat(500);
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isInstanceOfSatisfying(
                        SendResult.TryAgain.class,
                        again ->
                                assertThat(again.reason())
                                        .startsWith("The receiver answered 500: no room xxx")
                                        .hasSizeLessThan(200));
        hook.status = 404;
        hook.answer = "";
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isEqualTo(new SendResult.Refused("The receiver answered 404."));
        hook.status = 302;
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isEqualTo(new SendResult.Refused("The receiver answered 302."));
        hook.status = 429;
        hook.retryAfter = "Tue, 14 Nov 2023 22:13:25 GMT";
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isEqualTo(new SendResult.TryAgain("The receiver answered 429.", 4_877));
        hook.status = 200;
        hook.hangs = true;
        assertThat(send(config(hook.url("/h"), 0, List.of(), Duration.ofMillis(700))))
                .isEqualTo(new SendResult.TryAgain("The receiver did not answer within 0 s.", 0));
        hook.close();
        assertThat(send(config(hook.url("/h"), 0, List.of())))
                .isEqualTo(new SendResult.TryAgain("The receiver cannot be reached.", 0));
    }

    @Test
    void secretsDoNotShow() {
        WebhookConfig config = config(URI.create("http://h/t0ken"), 0, List.of());
        assertThat(config.toString()).doesNotContain("t0ken").doesNotContain("key\"");
        assertThat(new WebhookNotifier(config, client, "", clock).channel()).isEqualTo("webhook h");
        assertThat(
                        send(
                                config(
                                        hook.url("/h"),
                                        0,
                                        List.of(
                                                new WebhookConfig.Header(
                                                        "Authorization",
                                                        "",
                                                        new Secret.InFile(
                                                                folder.resolve("none")))))))
                .isInstanceOf(SendResult.TryAgain.class);
    }
}

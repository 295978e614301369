package io.framewatch.respond;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.respond.config.RespondConfig;
import io.framewatch.respond.notify.Backoff;
import io.framewatch.respond.notify.WebhookConfig;
import io.framewatch.respond.route.GroupBy;
import io.framewatch.respond.route.InhibitRule;
import io.framewatch.respond.route.Route;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Groups, deduplication, retry and restart, against a real receiver and a clock moved by hand.
final class ResponderTest {

    private static final long START_MS = 1_000_000_000_000L;

    @TempDir Path folder;
    private final ManualClock clock = new ManualClock(START_MS);
    private final HookServer hook = new HookServer();
    private Responder responder;

    @BeforeEach
    void open() {
        responder = open(config());
    }

    @AfterEach
    void close() {
        responder.close();
        hook.close();
    }

    /// One second to the first word, two between looks, ten until it is said again.
    private RespondConfig config() {
        return RespondConfig.of(
                Route.root("team", GroupBy.of("alertname"), 1_000, 2_000, 10_000),
                List.of(WebhookConfig.of(hook.url("/hook"))));
    }

    private Responder open(RespondConfig config) {
        return new Responder(
                config,
                folder,
                clock,
                Runnable::run,
                new Backoff(500, 1.5, 60_000, 0),
                new Random(1));
    }

    private void pass(long ms) {
        for (long left = ms; left > 0; left -= 100) {
            clock.advance(Duration.ofMillis(100));
            responder.tick();
        }
    }

    private Alert alert(String name, String camera, Alert.State state) {
        long nowMs = clock.nowMs();
        return new Alert(
                Labels.of("alertname", name, "camera", camera),
                Labels.of("summary", camera + " is frozen"),
                state,
                nowMs,
                state == Alert.State.PENDING ? 0 : nowMs,
                state == Alert.State.RESOLVED ? nowMs : 0,
                1,
                "");
    }

    private void fire(String camera) {
        responder.receive(Tenant.DEFAULT, List.of(alert("Frozen", camera, Alert.State.FIRING)));
    }

    private void resolve(String camera) {
        responder.receive(Tenant.DEFAULT, List.of(alert("Frozen", camera, Alert.State.RESOLVED)));
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (HookServer.Taken each : hook.taken) {
            List<String> alerts = new ArrayList<>();
            for (JsonNode alert : each.body().path("alerts").values()) {
                alerts.add(
                        alert.path("labels").path("camera").asString("")
                                + ":"
                                + alert.path("status").asString(""));
            }
            told.add(String.join(" ", alerts));
        }
        return told;
    }

    @Test
    void alertsOfAGroupGoOutTogetherOnceAndAgainWhenTheyChange() {
        fire("a");
        pass(500);
        fire("b");
        assertThat(told()).isEmpty();
        pass(500);
        assertThat(told()).containsExactly("a:firing b:firing");
        fire("a");
        pass(1_900);
        assertThat(told()).hasSize(1);
        fire("c");
        pass(100);
        assertThat(told()).last().isEqualTo("a:firing b:firing c:firing");
        resolve("b");
        pass(2_000);
        assertThat(told()).last().isEqualTo("a:firing b:resolved c:firing");
        resolve("a");
        resolve("c");
        pass(2_000);
        assertThat(told()).last().isEqualTo("a:resolved c:resolved");
        pass(20_000);
        assertThat(told()).hasSize(4);
        assertThat(responder.stats().alertsOpen()).isZero();
        assertThat(responder.stats().groups()).isZero();
    }

    @Test
    void anUnchangedGroupIsToldAgainAfterTheRepeatIntervalOnly() {
        fire("a");
        pass(1_000);
        for (int i = 0; i < 5; i++) {
            pass(1_900);
            fire("a");
            assertThat(told()).hasSize(1);
        }
        pass(500);
        assertThat(told()).containsExactly("a:firing", "a:firing");
    }

    @Test
    void pendingAlertsAndAlertsResolvedBeforeTheFirstWordAreNotTold() {
        responder.receive(Tenant.DEFAULT, List.of(alert("Frozen", "p", Alert.State.PENDING)));
        fire("a");
        pass(500);
        resolve("a");
        pass(10_000);
        assertThat(told()).isEmpty();
        assertThat(responder.inbox().newest(Tenant.DEFAULT, 10)).isEmpty();
    }

    @Test
    void aFailingReceiverIsTriedAgainWithGrowingPausesAndTheNewestWord() {
        hook.status = 503;
        fire("a");
        pass(1_000);
        assertThat(hook.taken).hasSize(1);
        pass(400);
        assertThat(hook.taken).hasSize(1);
        pass(100);
        assertThat(hook.taken).hasSize(2);
        pass(700);
        assertThat(hook.taken).hasSize(2);
        pass(100);
        assertThat(hook.taken).hasSize(3);
        InboxEntry entry = responder.inbox().newest(Tenant.DEFAULT, 1).getFirst();
        assertThat(entry.channels().getFirst().status()).isEqualTo(ChannelResult.Status.RETRYING);
        assertThat(entry.channels().getFirst().attempts()).isEqualTo(3);
        fire("b");
        pass(800);
        hook.status = 200;
        pass(5_000);
        assertThat(told()).last().isEqualTo("a:firing b:firing");
        int reached = hook.taken.size();
        pass(5_000);
        assertThat(hook.taken).hasSize(reached);
        entry = responder.inbox().newest(Tenant.DEFAULT, 1).getFirst();
        assertThat(entry.channels().getFirst().status()).isEqualTo(ChannelResult.Status.DELIVERED);
    }

    @Test
    void aRefusedMessageIsTriedAgainWithTheNextLookOnly() {
        hook.status = 400;
        fire("a");
        pass(1_000);
        assertThat(hook.taken).hasSize(1);
        pass(1_900);
        assertThat(hook.taken).hasSize(1);
        hook.status = 200;
        pass(100);
        assertThat(hook.taken).hasSize(2);
    }

    @Test
    void retryAfterIsHeeded() {
        hook.status = 429;
        hook.retryAfter = "7";
        fire("a");
        pass(1_000);
        hook.status = 200;
        pass(6_900);
        assertThat(hook.taken).hasSize(1);
        pass(200);
        assertThat(hook.taken).hasSize(2);
    }

    @Test
    void aRestartLosesNothingAndRepeatsNothing() {
        fire("a");
        pass(1_000);
        fire("late");
        responder.close();
        clock.advance(Duration.ofSeconds(2));
        responder = open(config());
        pass(1_500);
        assertThat(told()).containsExactly("a:firing", "a:firing late:firing");
        responder.close();
        responder = open(config());
        pass(5_000);
        assertThat(told()).hasSize(2);
        resolve("a");
        resolve("late");
        pass(2_000);
        assertThat(told()).last().isEqualTo("a:resolved late:resolved");
        responder.close();
        responder = open(config());
        pass(20_000);
        assertThat(told()).hasSize(3);
        assertThat(responder.inbox().newest(Tenant.DEFAULT, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.isOpen()).isFalse());
    }

    @Test
    void alertsNobodySpeaksOfAnyMoreAreResolved() {
        fire("a");
        pass(1_000);
        pass(300_000);
        assertThat(told()).last().isEqualTo("a:resolved");
    }

    @Test
    void inhibitedAlertsWaitUntilTheSourceIsOver() {
        InhibitRule rule =
                new InhibitRule(
                        "",
                        List.of(Matcher.equal("alertname", "SiteDown")),
                        List.of(Matcher.equal("alertname", "Frozen")),
                        List.of());
        responder.apply(config().withInhibitRules(List.of(rule)));
        responder.receive(Tenant.DEFAULT, List.of(alert("SiteDown", "", Alert.State.FIRING)));
        fire("a");
        pass(3_000);
        assertThat(told()).containsExactly(":firing");
        responder.receive(Tenant.DEFAULT, List.of(alert("SiteDown", "", Alert.State.RESOLVED)));
        pass(2_500);
        assertThat(told()).contains("a:firing", ":resolved");
    }

    @Test
    void theInboxFollowsAGroupToItsEnd() {
        responder.apply(RespondConfig.of(config().root(), List.of()));
        fire("a");
        pass(1_000);
        InboxEntry open = responder.inbox().newest(Tenant.DEFAULT, 10).getFirst();
        assertThat(open.isOpen()).isTrue();
        assertThat(open.notifiedAtMs()).isEqualTo(START_MS + 1_000);
        assertThat(open.alerts()).hasSize(1);
        resolve("a");
        pass(2_000);
        InboxEntry over = responder.inbox().newest(Tenant.DEFAULT, 10).getFirst();
        assertThat(over.id()).isEqualTo(open.id());
        assertThat(over.resolvedAtMs()).isEqualTo(START_MS + 3_000);
        assertThat(responder.inbox().newest(new Tenant("other"), 10)).isEmpty();
        fire("a");
        pass(2_000);
        assertThat(responder.inbox().newest(Tenant.DEFAULT, 10)).hasSize(2);
    }
}

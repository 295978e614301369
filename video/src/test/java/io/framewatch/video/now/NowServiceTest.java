package io.framewatch.video.now;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Alert;
import io.framewatch.model.Labels;
import io.framewatch.testkit.ManualClock;
import io.framewatch.video.cause.CauseFinder;
import io.framewatch.video.cause.Words;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.InventoryFile;
import io.framewatch.video.inventory.StageKind;
import io.framewatch.video.probe.Pictures;
import io.framewatch.video.segment.RecentSegments;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.segment.Verdict;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StageReport;
import io.framewatch.video.state.StageStates;
import io.framewatch.video.state.StateRules;
import io.framewatch.video.state.StreamReading;
import io.framewatch.video.state.StreamStates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class NowServiceTest {

    private static final long START_MS = Instant.parse("2026-11-20T14:11:00Z").toEpochMilli();

    private final ManualClock clock = new ManualClock(START_MS);
    private final Inventory inventory =
            InventoryFile.parse(
                    "inventory.yml",
                    """
                    title: Demo
                    sites:
                      - id: south
                        name: South stand
                        cameras:
                          - {id: cam-3, name: Gate south, url: "http://host/3.m3u8"}
                      - id: north
                        name: North stand
                        cameras:
                          - {id: cam-1, name: Gate north, url: "http://host/1.m3u8", fps: 25}
                          - {id: cam-2, name: Tunnel, url: "http://host/2.m3u8"}
                    """);
    private final StreamStates streams = new StreamStates(inventory, StateRules.DEFAULT, clock);
    private final StageStates stages = new StageStates();
    private final Pictures pictures = new Pictures();
    private final RecentSegments segments = new RecentSegments();
    private final ChangeLog changes = new ChangeLog();
    private final List<Alert> alerts = new ArrayList<>();
    private final NowService service =
            new NowService(
                    inventory,
                    streams,
                    stages,
                    new CauseFinder(inventory, streams, stages, new Words(ZoneId.of("UTC"))),
                    new NowSources(
                            "Demo",
                            "demo",
                            () -> alerts,
                            pictures,
                            segments,
                            changes,
                            id -> "/live/" + id + "/index.m3u8",
                            () -> null,
                            ZoneId.of("UTC")),
                    clock);

    private void seconds(int count, List<String> frozen, List<String> live) {
        for (int i = 0; i < count; i++) {
            clock.advance(Duration.ofSeconds(1));
            frozen.forEach(id -> streams.observe(reading(id, START_MS)));
            live.forEach(id -> streams.observe(reading(id, 0)));
        }
    }

    private StreamReading reading(String id, long frozenSinceMs) {
        long nowMs = clock.nowMs();
        return StreamReading.of(id, nowMs, Arrival.FLOWING, "", nowMs)
                .with(new StreamReading.Picture(nowMs, 0, frozenSinceMs, 100, 0))
                .with(new StreamReading.Flow(25, 612_000, 1.8, 4.2, 1, 0.01, Double.NaN));
    }

    private static String sentence(Now now) {
        return now.finding().parts().stream().map(Now.Part::text).collect(Collectors.joining());
    }

    @Test
    void before_anything_is_seen_we_cannot_see() {
        Now now = service.now();
        assertThat(sentence(now)).isEqualTo("We cannot see yet: connecting to 3 pictures.");
        assertThat(now.finding().worst()).isEqualTo("unknown");
        assertThat(now.counts()).isEqualTo(new Now.Counts(3, 0, 3, 0, 0, 0));
        assertThat(now.dataAgeSeconds()).isNull();
        assertThat(now.streams().getFirst().lastSeen()).isNull();
    }

    @Test
    void a_blind_page_never_says_that_nothing_is_broken() {
        seconds(5, List.of(), List.of("cam-1", "cam-2", "cam-3"));
        clock.advance(Duration.ofSeconds(20));
        streams.tick();
        Now now = service.now();
        assertThat(sentence(now)).isEqualTo("We cannot see: all 3 pictures are unreported.");
        assertThat(now.finding().support()).isEqualTo("The probe has not looked since 14:11:05.");
        assertThat(now.sites().getFirst().line()).isEqualTo("1 unreported");
    }

    @Test
    void all_fine() {
        seconds(5, List.of(), List.of("cam-1", "cam-2", "cam-3"));
        assertThat(sentence(service.now())).isEqualTo("All 3 pictures are fine.");
        streams.inService("cam-3", clock.nowMs() + 60_000);
        assertThat(sentence(service.now())).isEqualTo("All 2 pictures are fine, 1 in service.");
        streams.inService("cam-2", clock.nowMs() + 60_000);
        assertThat(sentence(service.now())).isEqualTo("1 picture is fine, 2 in service.");
    }

    @Test
    void singular_and_plural() {
        seconds(8, List.of("cam-1"), List.of("cam-2", "cam-3"));
        assertThat(sentence(service.now()))
                .isEqualTo("1 of 3 pictures is broken: Gate north is frozen since 14:11.");
        assertThat(service.now().finding().support())
                .isEqualTo("The source repeats one frame. Everything else is fine.");
        seconds(8, List.of("cam-1", "cam-2", "cam-3"), List.of());
        assertThat(sentence(service.now()))
                .startsWith("3 of 3 pictures are broken: ")
                .endsWith(", and 1 more.");
    }

    @Test
    void the_worst_site_and_the_worst_picture_come_first() {
        seconds(8, List.of("cam-2"), List.of("cam-1", "cam-3"));
        Now now = service.now();
        assertThat(now.sites()).extracting(Now.SiteView::id).containsExactly("north", "south");
        assertThat(now.sites())
                .extracting(Now.SiteView::line)
                .containsExactly("1 frozen", "all fine");
        assertThat(now.streams().getFirst().id()).isEqualTo("cam-2");
    }

    @Test
    void an_alert_tells_the_cause_also_after_it_is_over() {
        seconds(8, List.of("cam-1"), List.of("cam-2", "cam-3"));
        alerts.add(alert(Alert.State.FIRING, 0));
        assertThat(service.now().alerts().getFirst().cause())
                .isEqualTo("The source repeats one frame.");
        seconds(10, List.of(), List.of("cam-1", "cam-2", "cam-3"));
        alerts.set(0, alert(Alert.State.RESOLVED, clock.nowMs()));
        Now.AlertView over = service.now().alerts().getFirst();
        assertThat(over.cause()).isEqualTo("The source repeats one frame.");
        assertThat(over.turn()).isEqualTo("nobody");
        assertThat(over.pictures()).isEqualTo(1);
    }

    private static Alert alert(Alert.State state, long resolvedAtMs) {
        return new Alert(
                Labels.of(
                        "alertname", "StreamFrozen",
                        "severity", "critical",
                        "site", "north",
                        "stream_id", "cam-1"),
                Labels.of("summary", "cam-1 is frozen"),
                state,
                START_MS + 6_000,
                START_MS + 8_000,
                resolvedAtMs,
                1,
                "");
    }

    private static SegmentLook look() {
        long endNs = (START_MS + 6_500) * 1_000_000;
        return new SegmentLook(
                "cam-1",
                "1-00000002.ts",
                START_MS + 3_000,
                2_000,
                endNs - 400_000_000,
                endNs - 390_000_000,
                3,
                180_000,
                endNs - 390_000_000,
                endNs,
                126,
                1.5,
                Verdict.FROZEN,
                "",
                null);
    }

    @Test
    void json_is_as_written_down() throws IOException {
        pictures.put("cam-1", new byte[] {1}, START_MS + 6_000);
        stages.report(
                new StageReport(
                        "transcode/cam-1",
                        "live",
                        StageKind.TRANSCODE,
                        "cam-1",
                        START_MS,
                        1234,
                        'S',
                        0,
                        0,
                        -1,
                        0,
                        "",
                        List.of("started")));
        seconds(8, List.of("cam-1"), List.of("cam-2", "cam-3"));
        alerts.add(alert(Alert.State.FIRING, 0));
        changes.add(
                new Now.Change(
                        Instant.ofEpochMilli(START_MS), "state", "Gate north is frozen", "", null));
        segments.add(look(), "0af7651916cd43dd8448eb211c80319c");
        String json =
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(service.now());
        Path golden = Path.of("src/test/resources/io/framewatch/video/now/now.json");
        // -Dgolden.write=true writes the file anew, to be read before it is committed
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, json + "\n");
        }
        assertThat(json.replace("\r", ""))
                .isEqualTo(Files.readString(golden, StandardCharsets.UTF_8).trim());
    }
}

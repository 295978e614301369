package io.framewatch.video.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.InventoryFile;
import io.framewatch.video.inventory.StageKind;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StageReport;
import io.framewatch.video.state.StageStates;
import io.framewatch.video.state.StateRules;
import io.framewatch.video.state.StreamReading;
import io.framewatch.video.state.StreamStates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Five faults as they look from outside, second by second, and the cause each must get.
class CauseFinderTest {

    private static final Instant START = Instant.parse("2026-11-20T14:11:00Z");
    private static final List<StageKind> PATH =
            List.of(StageKind.CAMERA, StageKind.TRANSCODE, StageKind.PACKAGE);

    private final ManualClock clock = new ManualClock(START.minusSeconds(30).toEpochMilli());
    private final Inventory inventory =
            InventoryFile.parse(
                    "inventory.yml",
                    """
                    sites:
                      - id: north
                        name: North stand
                        cameras:
                          - {id: cam-1, name: Gate north, url: "http://host/1.m3u8", fps: 25}
                          - {id: cam-2, name: Gate south, url: "http://host/2.m3u8", fps: 25}
                    pipelines:
                      - id: live
                        stages: [{id: camera}, {id: transcode}, {id: package}]
                    """);
    private final StreamStates streams = new StreamStates(inventory, StateRules.DEFAULT, clock);
    private final StageStates stages = new StageStates();
    private final CauseFinder finder =
            new CauseFinder(inventory, streams, stages, new Words(ZoneId.of("UTC")));
    private final long[] outTimeMs = new long[PATH.size()];
    private final int[] restarts = new int[PATH.size()];
    private final String[] ends = {"", "", ""};
    private long lastMediaMs;

    /// How a stage does: its process letter and speed.
    private record Doing(char letter, double speed) {}

    private static final Doing WELL = new Doing('S', 1);
    private static final Doing STARVED = new Doing('S', 0);

    @BeforeEach
    void thirty_good_seconds() {
        for (int i = 0; i < 30; i++) {
            second(flowing(0, 0, 1), WELL, WELL, WELL);
        }
        assertThat(finder.of("cam-1")).isNull();
    }

    private void second(StreamReading reading, Doing... doings) {
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < doings.length; i++) {
            stages.report(report(i, doings[i]));
        }
        streams.observe(reading);
        streams.observe(healthy("cam-2"));
    }

    private StageReport report(int index, Doing doing) {
        boolean gone = doing.letter == '-';
        outTimeMs[index] = gone ? 0 : outTimeMs[index] + Math.round(1_000 * doing.speed);
        StageKind kind = PATH.get(index);
        return new StageReport(
                kind.word() + "/cam-1",
                "live",
                kind,
                "cam-1",
                clock.nowMs(),
                gone ? 0 : 100 + index + 10L * restarts[index],
                doing.letter,
                outTimeMs[index] / 40,
                outTimeMs[index],
                -1,
                restarts[index],
                ends[index],
                List.of());
    }

    private StreamReading healthy(String id) {
        return StreamReading.of(id, nextMs(0), Arrival.FLOWING, "", nextMs(0));
    }

    private long nextMs(int seconds) {
        return clock.nowMs() + seconds * 1_000L;
    }

    /// A reading for the coming second; black and frozen since those Unix milliseconds.
    private StreamReading flowing(long black, long frozen, double speed) {
        lastMediaMs = nextMs(1);
        return StreamReading.of("cam-1", nextMs(1), Arrival.FLOWING, "", lastMediaMs)
                .with(new StreamReading.Picture(nextMs(1), black, frozen, 100, 0))
                .with(new StreamReading.Flow(25, 600_000, 1, 2, speed, 0.01, 0.1));
    }

    private StreamReading stale() {
        return StreamReading.of("cam-1", nextMs(1), Arrival.STALE, "", lastMediaMs);
    }

    private Cause cause() {
        return Objects.requireNonNull(finder.of("cam-1"));
    }

    @Test
    void frozen_picture() {
        for (int i = 0; i < 10; i++) {
            second(flowing(0, START.toEpochMilli(), 1), WELL, WELL, WELL);
        }
        assertThat(cause().sentence()).isEqualTo("The camera repeats one frame.");
        assertThat(cause().message().code()).isEqualTo("source.same_picture");
        assertThat(cause().message().values())
                .containsEntry("kind", "camera")
                .containsEntry("stream", "cam-1")
                .doesNotContainKeys("detail", "expectedKbps");
        assertThat(cause().chain())
                .extracting(node -> node.message().code())
                .containsExactly("source.same_picture", "stream.is");
        assertThat(cause().turn()).isEqualTo(Cause.Turn.OPERATOR);
        assertThat(cause().chain())
                .extracting(Cause.Node::text)
                .containsExactly("camera repeats one frame", "cam-1 frozen at 25 fps");
        assertThat(cause().chain()).extracting(Cause.Node::root).containsExactly(true, false);
    }

    @Test
    void black_picture() {
        for (int i = 0; i < 10; i++) {
            second(flowing(START.toEpochMilli(), 0, 1), WELL, WELL, WELL);
        }
        assertThat(cause().sentence()).isEqualTo("The camera sends a black picture.");
    }

    @Test
    void encoder_stopped() {
        for (int i = 0; i < 7; i++) {
            second(flowing(0, 0, 1), WELL, new Doing('T', 0), STARVED);
        }
        for (int i = 0; i < 3; i++) {
            second(stale(), STARVED, new Doing('T', 0), STARVED);
        }
        assertThat(cause().sentence())
                .isEqualTo(
                        "The encoder of cam-1 is stopped (SIGSTOP) since 14:11:01, "
                                + "so no new segments arrive.");
        assertThat(cause().message().code()).isEqualTo("stage.stopped");
        assertThat(cause().message().values())
                .containsEntry("stage", "transcode")
                .containsEntry("stream", "cam-1")
                .containsEntry("since", "2026-11-20T14:11:01Z")
                .containsEntry("state", "OFFLINE");
        assertThat(cause().chain())
                .extracting(Cause.Node::kind)
                .containsExactly("stage", "stage", "stream");
        assertThat(cause().chain().getFirst().root()).isTrue();
    }

    @Test
    void stage_killed_and_the_stages_after_it_end_too() {
        ends[2] = "signal 9";
        second(flowing(0, 0, 1), WELL, WELL, new Doing('-', 0));
        ends[1] = "exit 1";
        for (int i = 0; i < 9; i++) {
            second(stale(), WELL, new Doing('-', 0), new Doing('-', 0));
        }
        assertThat(cause().sentence())
                .isEqualTo(
                        "The packager of cam-1 ended (signal 9) at 14:11:01, "
                                + "so no new segments arrive.");
        assertThat(cause().turn()).isEqualTo(Cause.Turn.AUTOMATION);
    }

    @Test
    void a_stage_that_is_back_already_is_still_the_cause() {
        ends[2] = "signal 9";
        second(flowing(0, 0, 1), WELL, WELL, new Doing('-', 0));
        restarts[2] = 1;
        for (int i = 0; i < 4; i++) {
            second(stale(), WELL, WELL, WELL);
        }
        assertThat(cause().sentence())
                .isEqualTo(
                        "The packager of cam-1 ended (signal 9) and was started again at "
                                + "14:11:02, so no new segments arrive.");
    }

    @Test
    void slow_encoder() {
        for (int i = 0; i < 15; i++) {
            Doing slow = new Doing('R', 0.5);
            second(flowing(0, 0, i < 6 ? 0.95 : 0.7), WELL, slow, i < 5 ? WELL : slow);
        }
        assertThat(cause().sentence())
                .startsWith("The encoder of cam-1 runs at 0.50 of real time since 14:11:")
                .endsWith("so its picture arrives late.");
    }

    @Test
    void without_stages_the_source_is_all_that_can_be_named() {
        for (String stage : List.of("camera", "transcode", "package")) {
            stages.remove(stage + "/cam-1");
        }
        for (int i = 0; i < 10; i++) {
            second(stale());
        }
        assertThat(cause().sentence())
                .isEqualTo(
                        "The source of cam-1 answers but has no new segment; "
                                + "new segments last came at 14:11:00.");
        assertThat(cause().chain().getFirst().kind()).isEqualTo("source");
    }

    @Test
    void all_pictures_of_a_site_lost_together_have_one_cause_there() {
        for (String stage : List.of("camera", "transcode", "package")) {
            stages.remove(stage + "/cam-1");
        }
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(1));
            for (String id : List.of("cam-1", "cam-2")) {
                streams.observe(
                        StreamReading.of(
                                id, nextMs(0), Arrival.REFUSED, "connection refused", lastMediaMs));
            }
        }
        assertThat(cause().sentence())
                .isEqualTo(
                        "All 2 pictures of North stand were lost within 30 s: look at its "
                                + "network, recorder or server. Each refuses connections.");
        assertThat(cause().chain().getFirst().kind()).isEqualTo("site");
    }

    @Test
    void a_fault_that_came_long_after_the_freeze_did_not_cause_it() {
        for (int i = 0; i < 30; i++) {
            second(flowing(0, START.toEpochMilli(), 1), WELL, WELL, WELL);
        }
        ends[2] = "signal 9";
        second(flowing(0, START.toEpochMilli(), 1), WELL, WELL, new Doing('-', 0));
        assertThat(cause().sentence()).isEqualTo("The camera repeats one frame.");
    }
}

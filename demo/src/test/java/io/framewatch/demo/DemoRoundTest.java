package io.framewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Tasks;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.testkit.ManualClock;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.segment.SegmentSignals;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The round's logic on processes that were never started: faults are noted, nothing is broken.
final class DemoRoundTest {

    private static final Observer.Observation FINE = new Observer.Observation("LIVE", false);

    @TempDir private Path folder;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Children children = new Children();
    private final Tasks tasks = new Tasks("test");
    private final Map<String, Observer.Observation> world = new HashMap<>();
    private List<CameraLine> lines = List.of();

    @BeforeEach
    void build() throws Exception {
        List<CameraLine> built = new ArrayList<>();
        DemoCommands commands = new DemoCommands(Path.of("ffmpeg"), null);
        for (DemoCamera camera : DemoCamera.ALL) {
            built.add(
                    new CameraLine(
                            camera,
                            commands,
                            folder.resolve(camera.id()),
                            children,
                            tasks,
                            sinks(),
                            event -> {},
                            clock));
            world.put(camera.id(), FINE);
        }
        lines = built;
    }

    private static DemoSinks sinks() {
        return new DemoSinks(
                new InMemoryMetricStore(),
                (entry, traceId) -> {},
                SegmentSignals.none(),
                report -> {},
                change -> {});
    }

    @AfterEach
    void end() {
        lines.forEach(CameraLine::closeRelays);
        tasks.close();
        children.close();
    }

    @Test
    void notesWhenAFaultIsSeenAlertedAndRecovered() {
        DemoFaults faults = faults();
        DemoRound round = round(faults, List.of(DemoFault.FROZEN, DemoFault.BLACK));
        world.put("cam-3", new Observer.Observation("CONNECTING", false));
        after(round, 20);
        assertThat(round.rows().getFirst().status()).isEqualTo(RoundRow.Status.WAITING);

        world.put("cam-3", FINE);
        after(round, 1);
        assertThat(faults.target(DemoFault.FROZEN)).isEqualTo("cam-1");
        after(round, 3);
        world.put("cam-1", new Observer.Observation("DEGRADED", false));
        after(round, 1);
        assertThat(round.rows().getFirst().seen()).as("another state").isNull();
        world.put("cam-1", new Observer.Observation("FROZEN", false));
        after(round, 1);
        assertThat(round.rows().getFirst().status()).isEqualTo(RoundRow.Status.SEEN);
        world.put("cam-1", new Observer.Observation("FROZEN", true));
        after(round, 2);
        assertThat(faults.targets()).as("cleared").isEmpty();
        world.put("cam-1", new Observer.Observation("LIVE", true));
        after(round, 2);
        assertThat(round.rows().getFirst().recovered()).as("alert still fires").isNull();
        world.put("cam-1", FINE);
        after(round, 1);
        assertThat(round.rows().getFirst())
                .isEqualTo(
                        new RoundRow(
                                DemoFault.FROZEN,
                                "cam-1",
                                RoundRow.Status.RECOVERED,
                                5.0,
                                6.0,
                                4.0,
                                ""));
        after(round, 6);
        assertThat(faults.target(DemoFault.BLACK)).isEqualTo("cam-2");
    }

    @Test
    void tellsWhatWasMissed() {
        DemoRound round = round(faults(), List.of(DemoFault.FROZEN));
        after(round, 1);
        world.put("cam-1", new Observer.Observation("OFFLINE", true));
        after(round, 61);
        assertThat(round.rows().getFirst().problem())
                .isEqualTo("not frozen but offline with an alert");
        after(round, 61);
        assertThat(round.isDone()).isTrue();
        assertThat(RoundTable.summary(1, round.rows()))
                .containsExactly(
                        "Round 1: 0 of 1 faults seen rightly, alerted and recovered.",
                        "  Missed: Frozen picture on cam-1: not frozen but offline with an alert;"
                                + " not recovered but offline with an alert.");
    }

    @Test
    void aFaultThatIsNotAlertedIsMissedEvenIfItRecovers() {
        DemoRound round = round(faults(), List.of(DemoFault.FROZEN));
        after(round, 1);
        world.put("cam-1", new Observer.Observation("FROZEN", false));
        after(round, 62);
        world.put("cam-1", FINE);
        after(round, 1);
        assertThat(round.rows().getFirst().status()).isEqualTo(RoundRow.Status.MISSED);
        assertThat(round.rows().getFirst().problem()).isEqualTo("no alert");
    }

    @Test
    void camerasThatNeverComeLiveEndTheRound() {
        world.clear();
        DemoRound round = round(faults(), List.of(DemoFault.FROZEN));
        after(round, 91);
        assertThat(round.isDone()).isTrue();
        assertThat(round.rows().getFirst().problem()).contains("cam-2 unknown");
    }

    @Test
    void aFaultClearedByHandIsTriedAgain() {
        DemoFaults faults = faults();
        DemoRound round = round(faults, List.of(DemoFault.FROZEN));
        after(round, 1);
        faults.inject("black", "cam-2");
        faults.clear();
        after(round, 1);
        assertThat(round.rows().getFirst().status()).isEqualTo(RoundRow.Status.WAITING);
        after(round, 1);
        assertThat(faults.target(DemoFault.FROZEN)).isEqualTo("cam-1");
    }

    @Test
    void nextRoundTakesTheNextCamera() {
        DemoFaults faults = faults();
        DemoRound round = round(faults, List.of(DemoFault.FROZEN));
        after(round, 1);
        world.put("cam-1", new Observer.Observation("FROZEN", true));
        after(round, 1);
        world.put("cam-1", FINE);
        after(round, 1);
        assertThat(round.isDone()).isTrue();
        after(round, 62);
        assertThat(round.number()).isEqualTo(2);
        assertThat(faults.target(DemoFault.FROZEN)).isEqualTo("cam-2");
    }

    @Test
    void showsATableOrALineForEachNews() {
        StringWriter drawn = new StringWriter();
        StringWriter told = new StringWriter();
        RoundTable table = new RoundTable(new PrintWriter(drawn), true);
        RoundTable lines = new RoundTable(new PrintWriter(told), false);
        RoundRow row = RoundRow.waiting(DemoFault.BLACK, "cam-2");
        for (RoundRow news : List.of(row, row, row.injected(), row.injected().seen(3.2))) {
            table.show(1, List.of(news));
            lines.show(1, List.of(news));
        }
        assertThat(drawn.toString()).contains("\033[4F\033[J").contains("3.2 s").contains("seen");
        assertThat(told.toString().lines()).hasSize(3);
        assertThat(told.toString()).doesNotContain("\033").contains("seen after 3.2 s");
    }

    private DemoFaults faults() {
        return new DemoFaults(lines, tasks, change -> {}, clock);
    }

    private DemoRound round(DemoFaults faults, List<DemoFault> order) {
        return new DemoRound(faults, order, world::get, RoundPace.DEFAULT, clock);
    }

    /// Lets seconds pass, with a step at the end of each.
    private void after(DemoRound round, int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            round.step();
        }
    }
}

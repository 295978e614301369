package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.MetricSelect;
import io.framewatch.store.SelectLimits;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With a real ffmpeg.
@Timeout(60)
final class FfmpegSupervisorTest {

    private static final RestartPolicy QUICK =
            new RestartPolicy(
                    Duration.ofMillis(100),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2));

    private static final StageId STAGE = new StageId("live", "camera", "cam-1", "cam-1", "north");

    @TempDir private Path folder;

    private final List<StageEvent> events = new CopyOnWriteArrayList<>();
    private final List<StageLogRecord> log = new CopyOnWriteArrayList<>();
    private final Children children = new Children();
    private final Tasks tasks = new Tasks("test");
    private Path ffmpeg = Path.of("ffmpeg");

    @BeforeEach
    void find() {
        Path found = Children.onPath("ffmpeg");
        assumeTrue(found != null, "needs ffmpeg: " + FfmpegLocator.INSTALL_LINE);
        ffmpeg = found == null ? ffmpeg : found;
    }

    @AfterEach
    void end() {
        tasks.close();
        children.close();
    }

    @Test
    void keepsAProcessRunningThroughDeathAndStandstill() {
        try (FfmpegSupervisor supervisor =
                supervisor(
                        "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=25", "-f", "null", "-")) {
            awaitSpeed(supervisor);
            StageSnapshot first = supervisor.snapshot();
            assertThat(first.fps()).isCloseTo(25, within(6.0));
            assertThat(first.process().cpuMs()).isNotNegative();

            supervisor.signal(ProcessSignal.KILL);
            await().untilAsserted(() -> {
                assertThat(supervisor.snapshot().restarts()).isEqualTo(1);
                assertThat(supervisor.snapshot().frames()).isPositive();
            });
            assertThat(supervisor.snapshot().lastEnd()).isEqualTo("signal 9");
            assertThat(supervisor.snapshot().framesTotal())
                    .isGreaterThanOrEqualTo(first.framesTotal());

            supervisor.signal(ProcessSignal.STOP);
            await().untilAsserted(() ->
                    assertThat(supervisor.snapshot().process().letter()).isEqualTo('T'));
            await().untilAsserted(() ->
                    assertThat(supervisor.snapshot().lagSeconds()).isGreaterThan(2.5));
            supervisor.signal(ProcessSignal.CONT);
            await().untilAsserted(() -> assertThat(supervisor.snapshot().restarts()).isEqualTo(2));
        }
        assertThat(events)
                .extracting(StageEvent::kind)
                .containsExactly(
                        StageEvent.Kind.STARTED,
                        StageEvent.Kind.ENDED,
                        StageEvent.Kind.RESTARTED,
                        StageEvent.Kind.RESTARTED);
        assertThat(events.getLast().detail()).contains("gap");
        await().until(() -> children.count() == 0);
    }

    @Test
    void staysDownWhileHeldAndEndsEvenIfStopped() {
        FfmpegSupervisor supervisor =
                supervisor("-re", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-f", "null", "-");
        await().until(() -> supervisor.snapshot().frames() > 0);
        supervisor.hold();
        supervisor.signal(ProcessSignal.KILL);
        await().until(() -> supervisor.snapshot().pid() == 0);
        await().during(Duration.ofSeconds(1)).until(() -> supervisor.snapshot().pid() == 0);
        supervisor.release();
        await().until(() -> supervisor.snapshot().frames() > 0);
        supervisor.signal(ProcessSignal.STOP);
        supervisor.close();
        await().until(() -> children.count() == 0);
        assertThat(supervisor.snapshot().pid()).isZero();
    }

    @Test
    void aProcessThatEndsAtOnceIsRetriedEverMoreSlowlyAndItsLogTellsWhy() {
        try (FfmpegSupervisor supervisor = supervisor("-i", "absent.ts", "-f", "null", "-")) {
            await().until(() -> supervisor.snapshot().restarts() >= 3);
            assertThat(supervisor.snapshot().lastEnd()).isEqualTo("exit 1");
            await().untilAsserted(() ->
                    assertThat(supervisor.snapshot().lastLog())
                            .anyMatch(line -> line.contains("No such file")));
            assertThat(log.getFirst().level()).isGreaterThanOrEqualTo(LogLevel.ERROR);
            assertThat(
                            supervisor.logCounts().of(LogLevel.ERROR)
                                    + supervisor.logCounts().of(LogLevel.FATAL))
                    .isPositive();
        }
    }

    @Test
    void becomesMetrics() {
        InMemoryMetricStore store = new InMemoryMetricStore();
        StageMetrics metrics = new StageMetrics(store, Tenant.DEFAULT, Clock.system());
        try (FfmpegSupervisor supervisor =
                supervisor(
                        "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=25", "-f", "null", "-")) {
            metrics.append(List.of(supervisor));
            awaitSpeed(supervisor);
            await().untilAsserted(() -> {
                metrics.append(List.of(supervisor));
                assertThat(last(store, "ffmpeg_process_cpu_percent")).isNotNegative();
            });
            assertThat(last(store, "framewatch_stage_frames_total")).isGreaterThan(20);
            assertThat(last(store, "framewatch_stage_up")).isEqualTo(1);
            assertThat(last(store, "framewatch_stage_speed")).isCloseTo(1, within(0.3));
            assertThat(last(store, "ffmpeg_process_memory_mb")).isBetween(5.0, 500.0);
        }
    }

    private static double last(MetricSelect store, String name) {
        Matcher matcher = Matcher.equal(Labels.NAME, name);
        List<SeriesSamples> found =
                store.select(Tenant.DEFAULT, List.of(matcher), TimeRange.ALL, SelectLimits.DEFAULT);
        assertThat(found).as(name).hasSize(1);
        assertThat(found.getFirst().labels().get("camera_id")).isEqualTo("cam-1");
        return found.getFirst().values()[found.getFirst().size() - 1];
    }

    private void awaitSpeed(FfmpegSupervisor supervisor) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(supervisor.speed()).isBetween(0.8, 1.3));
    }

    private FfmpegSupervisor supervisor(String... arguments) {
        FfmpegCommand command = new FfmpegCommand(ffmpeg, List.of(arguments), folder, false);
        FfmpegSupervisor supervisor =
                new FfmpegSupervisor(
                        STAGE,
                        () -> command,
                        children,
                        log::add,
                        QUICK,
                        events::add,
                        Clock.system());
        tasks.every("tick", Duration.ZERO, Duration.ofMillis(100), supervisor::tick);
        return supervisor;
    }
}

package io.framewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewatch.model.AttributeValue;
import io.framewatch.model.Clock;
import io.framewatch.model.Span;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import io.framewatch.video.now.Now;
import io.framewatch.video.state.StageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole pipeline with real processes: it delivers, each fault does what it says, clearing it
/// recovers, nothing is left behind. `FRAMEWATCH_TEST_FFMPEG` names another ffmpeg to try it with.
@Timeout(150)
final class DemoPipelineTest {

    private static final Duration LONG = Duration.ofSeconds(40);

    @TempDir private Path folder;

    private final Clock clock = Clock.system();
    private final Children children = new Children();
    private final Map<String, StageReport> stages = new ConcurrentHashMap<>();
    private final List<Now.Change> changes = new CopyOnWriteArrayList<>();
    private final KeptSignals signals = new KeptSignals();
    private Path ffmpeg = Path.of("ffmpeg");
    private Path live = Path.of("live");

    @BeforeEach
    void find() {
        String named = System.getenv("FRAMEWATCH_TEST_FFMPEG");
        try {
            ffmpeg =
                    new FfmpegLocator(named == null ? null : Path.of(named), null)
                            .locate(true)
                            .path();
        } catch (RuntimeException e) {
            assumeTrue(false, "needs ffmpeg: " + FfmpegLocator.INSTALL_LINE);
        }
        live = folder.resolve("live");
    }

    @AfterEach
    void end() {
        children.close();
    }

    @Test
    void deliversBreaksRecoversAndLeavesNothingBehind() {
        InMemoryMetricStore store = new InMemoryMetricStore();
        DemoSinks sinks =
                new DemoSinks(
                        store,
                        (entry, traceId) -> {},
                        signals,
                        report -> stages.put(report.stageId(), report),
                        changes::add);
        try (DemoPipeline pipeline = DemoPipeline.start(live, ffmpeg, sinks, children, clock)) {
            await().atMost(LONG).untilAsserted(() -> allLive(2));
            assertThat(live.resolve("cam-1/index.m3u8")).content().contains("360p/index.m3u8");
            await().atMost(LONG).untilAsserted(this::everyCameraIsTraced);
            cameraFaults(pipeline);
            stageFaults(pipeline);
            await().atMost(LONG).untilAsserted(() -> allLive(2));
            assertThat(children.count()).isEqualTo(9);
            pipeline.faults().inject(DemoFault.ENCODER_STOPPED, "cam-1");
        }
        assertThat(children.count()).isZero();
        assertThat(live).doesNotExist();
        assertThat(changes).extracting(Now.Change::kind).contains("fault", "restart");
    }

    /// Some segment of each camera has all its spans, each with pictures and times of its own.
    private void everyCameraIsTraced() {
        for (DemoCamera camera : DemoCamera.ALL) {
            List<Span> whole =
                    signals.spans().stream()
                            .filter(span -> text(span, "stream_id").equals(camera.id()))
                            .collect(Collectors.groupingBy(Span::traceId))
                            .values()
                            .stream()
                            .filter(trace -> trace.size() == 8)
                            .findFirst()
                            .orElse(List.of());
            assertThat(whole)
                    .as(camera.id())
                    .extracting(Span::name)
                    .contains("capture", "ingest", "transcode", "package", "publish");
            for (Span span : whole) {
                assertThat(Duration.ofNanos(span.durationNs())).isLessThan(Duration.ofSeconds(20));
                if (span.name().equals("ingest") || span.name().equals("transcode")) {
                    assertThat(text(span, "pictures")).isEqualTo("50");
                }
            }
        }
    }

    private static String text(Span span, String key) {
        AttributeValue value = span.attributes().get(key);
        return value == null ? "" : value.text();
    }

    private void cameraFaults(DemoPipeline pipeline) {
        DemoFaults faults = pipeline.faults();
        faults.inject("frozen", "cam-1");
        faults.inject("black", "cam-2");
        faults.inject("encoder-stopped", "cam-3");
        assertThat(faults.targets()).containsExactly("cam-1", "cam-2", "cam-3");
        assertThatThrownBy(() -> faults.inject("frozen", "cam-3")).hasMessageContaining("already");
        assertThatThrownBy(() -> faults.inject("melted", "cam-3")).hasMessageContaining("no fault");
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(stage("transcode/cam-3").processState()).isEqualTo('T');
                    assertThat(age("cam-3")).isGreaterThan(Duration.ofSeconds(6));
                    assertThat(filtered("cam-1", "freezedetect=n=-60dB:d=1.5"))
                            .contains("freeze_start");
                    assertThat(filtered("cam-2", "blackdetect=d=1.5:pix_th=0.1"))
                            .contains("black_start");
                });
        assertThat(stage("camera/cam-1").processState()).isNotEqualTo('T');
        faults.clear();
        assertThat(faults.targets()).isEmpty();
        await().atMost(LONG)
                .untilAsserted(() -> {
                    allLive(1);
                    assertThat(filtered("cam-1", "freezedetect=n=-60dB:d=1"))
                            .doesNotContain("freeze_start");
                    assertThat(filtered("cam-2", "blackdetect=d=1:pix_th=0.1"))
                            .doesNotContain("black_start");
                });
        assertThat(playlist("cam-3", "360p")).contains("#EXT-X-DISCONTINUITY\n");
    }

    private void stageFaults(DemoPipeline pipeline) {
        pipeline.faults().inject(DemoFault.STAGE_KILLED, "cam-1");
        pipeline.faults().inject(DemoFault.SLOW_ENCODER, "cam-2");
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(stage("package/cam-1").pid()).isZero();
                    assertThat(stage("package/cam-1").lastEnd()).isEqualTo("signal 9");
                    assertThat(age("cam-1")).isGreaterThan(Duration.ofSeconds(5));
                    assertThat(pipeline.stages().get(4).speed()).isBetween(0.2, 0.85);
                    assertThat(age("cam-2")).isGreaterThan(Duration.ofSeconds(5));
                });
        assertThat(stage("transcode/cam-2").processState()).isNotEqualTo('T');
        pipeline.faults().clear();
    }

    /// Every camera has this many segments in both renditions, and the newest is as young as it
    /// should be.
    private void allLive(int segments) {
        for (DemoCamera camera : DemoCamera.ALL) {
            for (Rendition rendition : Rendition.ALL) {
                assertThat(CutSegment.parse(playlist(camera.id(), rendition.folder())))
                        .hasSizeGreaterThanOrEqualTo(segments);
            }
            assertThat(age(camera.id()))
                    .as(camera.id())
                    .isBetween(Duration.ofMillis(-200), Duration.ofSeconds(4));
        }
    }

    private StageReport stage(String id) {
        StageReport report = stages.get(id);
        assertThat(report).as(id).isNotNull();
        return Objects.requireNonNull(report);
    }

    private String playlist(String camera, String rendition) {
        try {
            return Files.readString(live.resolve(camera).resolve(rendition).resolve("index.m3u8"));
        } catch (IOException e) {
            return "";
        }
    }

    /// How long ago the end of the newest segment was captured.
    private Duration age(String camera) {
        String text = playlist(camera, "360p");
        String word = "#EXT-X-PROGRAM-DATE-TIME:";
        int at = text.lastIndexOf(word) + word.length();
        Instant start = Instant.parse(text.substring(at, text.indexOf('\n', at)));
        List<CutSegment> segments = CutSegment.parse(text);
        return Duration.between(start.plusMillis(segments.getLast().durationMs()), clock.now());
    }

    /// What a filter says of the newest segment.
    private String filtered(String camera, String filter) throws Exception {
        String text = playlist(camera, "180p");
        Path segment =
                live.resolve(camera)
                        .resolve("180p")
                        .resolve(CutSegment.parse(text).getLast().file());
        Process process =
                new ProcessBuilder(
                                ffmpeg.toString(),
                                "-nostdin",
                                "-nostats",
                                "-i",
                                segment.toString(),
                                "-vf",
                                filter,
                                "-an",
                                "-f",
                                "null",
                                "-")
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}

package io.framewatch.video.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.framewatch.model.Clock;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamReading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real RTMP source on this machine: an ffmpeg that waits for one client.
class LiveProbeTest {

    private final Children children = new Children();
    private final Pictures pictures = new Pictures();
    private ProbeSettings settings;
    private int port;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        settings = ProbeSettings.of("ffmpeg", folder);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        children.close();
    }

    private String url() {
        return "rtmp://127.0.0.1:" + port + "/live/cam-1";
    }

    private LiveProbe probe() {
        VideoStream stream = VideoStream.of("cam-1", "cam-1", url());
        return new LiveProbe(stream, settings, children, pictures, Clock.system());
    }

    private Process source(String picture) {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-re", "-f"));
        command.addAll(List.of("lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast"));
        command.addAll(List.of("-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "12"));
        command.addAll(List.of("-f", "flv", "-listen", "1", url()));
        return children.start(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private static void until(LiveProbe probe, Predicate<StreamReading> wanted) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(probe::look, wanted);
    }

    @Test
    void a_live_source_is_measured_and_its_end_is_noticed() {
        Clips.needFfmpeg();
        Process source = source("testsrc2=size=320x180:rate=25");
        try (LiveProbe probe = probe()) {
            until(probe, reading -> reading.arrival() == Arrival.FLOWING);
            until(probe, reading -> reading.picture().seenAtMs() > 0);
            until(probe, reading -> Math.abs(reading.flow().fps() - 25) < 3);
            until(probe, reading -> pictures.newest("cam-1") != null);
            assertThat(probe.look().picture().frozenSinceMs()).isZero();

            source.destroyForcibly();
            until(probe, reading -> reading.arrival().isFailure());
        }
        assertThat(pictures.newest("cam-1")).isNull();
    }

    @Test
    void a_still_source_is_frozen() {
        Clips.needFfmpeg();
        source("testsrc2=size=320x180:rate=25,trim=end_frame=1,loop=-1:1:0,setpts=N/25/TB");
        try (LiveProbe probe = probe()) {
            until(
                    probe,
                    reading -> {
                        StreamReading.Picture picture = reading.picture();
                        return picture.frozenSinceMs() > 0
                                && picture.seenAtMs() - picture.frozenSinceMs() >= 2_000;
                    });
        }
    }

    @Test
    void nobody_there_is_refused() {
        Clips.needFfmpeg();
        try (LiveProbe probe = probe()) {
            until(probe, reading -> reading.arrival() == Arrival.REFUSED);
            assertThat(probe.look().detail()).doesNotContain("secret");
        }
    }

    @Test
    void what_ffmpeg_says_is_understood() {
        assertThat(LiveDecoder.failure("Connection to tcp://h:1 failed: Connection refused"))
                .isEqualTo(Arrival.REFUSED);
        assertThat(LiveDecoder.failure("method DESCRIBE failed: 404 Not Found"))
                .isEqualTo(Arrival.NOT_FOUND);
        assertThat(LiveDecoder.failure("method DESCRIBE failed: 401 Unauthorized"))
                .isEqualTo(Arrival.DENIED);
        assertThat(LiveDecoder.failure("Connection timed out")).isEqualTo(Arrival.TIMEOUT);
        assertThat(LiveDecoder.failure("Failed to resolve hostname h: Name or service not known"))
                .isEqualTo(Arrival.UNRESOLVED);
        assertThat(LiveDecoder.failure("x: Invalid data found when processing input"))
                .isEqualTo(Arrival.BAD_DATA);
        assertThat(LiveDecoder.failure("")).isEqualTo(Arrival.ERROR);
    }
}

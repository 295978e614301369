package io.framewatch.video.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Clock;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StreamReading;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers that do not behave: each look ends in bounded time with the right word for it.
@Timeout(20)
class HostileServerTest {

    private static final byte[] HEAD =
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:1\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final Children children = new Children();
    private final CountDownLatch over = new CountDownLatch(1);
    private Origin origin;
    private Fetcher fetcher;
    private SegmentDecoder decoder;
    private ProbeSettings settings;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        origin = new Origin();
        settings =
                new ProbeSettings(
                        "ffmpeg",
                        folder,
                        Duration.ofSeconds(1),
                        4,
                        2,
                        Duration.ofMillis(400),
                        Duration.ofMillis(600),
                        Duration.ofSeconds(5),
                        64 * 1024,
                        256 * 1024);
        fetcher = new Fetcher(settings, Clock.system());
        decoder = new SegmentDecoder(settings, children);
    }

    @AfterEach
    void stop() {
        over.countDown();
        children.close();
        fetcher.close();
        origin.close();
    }

    private StreamReading look(String url) throws InterruptedException {
        return probe(url).look();
    }

    private HlsProbe probe(String url) {
        VideoStream stream = VideoStream.of("cam-1", "cam-1", url);
        return new HlsProbe(
                stream, settings, fetcher, decoder, new Pictures(), look -> {}, Clock.system());
    }

    private void playlist(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        origin.answer("/x.m3u8", exchange -> Origin.send(exchange, 200, bytes));
    }

    @Test
    void a_server_that_never_answers_is_a_timeout() throws InterruptedException {
        origin.answer("/x.m3u8", exchange -> over.await());
        assertThat(look(origin.url("/x.m3u8")).arrival()).isEqualTo(Arrival.TIMEOUT);
    }

    @Test
    void a_body_that_never_ends_is_a_timeout_or_too_large() throws InterruptedException {
        origin.answer(
                "/x.m3u8",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream body = exchange.getResponseBody();
                    body.write(HEAD);
                    body.flush();
                    over.await();
                });
        assertThat(look(origin.url("/x.m3u8")).arrival()).isEqualTo(Arrival.TIMEOUT);
    }

    @Test
    void a_huge_playlist_is_refused() throws InterruptedException {
        origin.answer(
                "/x.m3u8", exchange -> Origin.send(exchange, 200, new byte[10 * 1024 * 1024]));
        StreamReading reading = look(origin.url("/x.m3u8"));
        assertThat(reading.arrival()).isEqualTo(Arrival.BAD_DATA);
        assertThat(reading.detail()).isEqualTo("the answer is larger than allowed");
    }

    @Test
    void garbage_and_web_pages_are_no_playlist() throws InterruptedException {
        byte[] noise = new byte[1_000];
        new Random(7).nextBytes(noise);
        origin.answer("/noise.m3u8", exchange -> Origin.send(exchange, 200, noise));
        playlist("<html>It works</html>");
        assertThat(look(origin.url("/noise.m3u8")).arrival()).isEqualTo(Arrival.BAD_DATA);
        assertThat(look(origin.url("/x.m3u8")).detail()).isEqualTo("the answer is no playlist");
        playlist("#EXTM3U\n#EXT-X-TARGETDURATION:potato\n#EXTINF:x,\ny.ts\n");
        assertThat(look(origin.url("/x.m3u8")).detail()).isEqualTo("the playlist cannot be read");
    }

    @Test
    void errors_are_told_apart() throws InterruptedException {
        origin.answer("/404", exchange -> Origin.send(exchange, 404, new byte[0]));
        origin.answer("/403", exchange -> Origin.send(exchange, 403, new byte[0]));
        origin.answer("/503", exchange -> Origin.send(exchange, 503, new byte[0]));
        assertThat(look(origin.url("/404")).arrival()).isEqualTo(Arrival.NOT_FOUND);
        assertThat(look(origin.url("/403")).arrival()).isEqualTo(Arrival.DENIED);
        assertThat(look(origin.url("/503")).detail()).isEqualTo("HTTP 503");
        assertThat(look("http://no-such-host.invalid/x.m3u8").arrival())
                .isEqualTo(Arrival.UNRESOLVED);
    }

    @Test
    void a_closed_port_refuses_and_a_rude_server_is_an_error() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            Thread rude = Thread.ofVirtual().start(() -> hangUp(socket));
            assertThat(look("http://127.0.0.1:" + port + "/x.m3u8").arrival())
                    .isEqualTo(Arrival.ERROR);
            rude.interrupt();
        }
        assertThat(look("http://127.0.0.1:" + port + "/x.m3u8").arrival())
                .isEqualTo(Arrival.REFUSED);
    }

    private static void hangUp(ServerSocket socket) {
        try {
            for (int i = 0; i < 5; i++) {
                try (Socket client = socket.accept()) {
                    client.getOutputStream().write("no HTTP".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            // the test has ended
        }
    }

    @Test
    void a_master_that_names_itself_ends() throws InterruptedException {
        playlist("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nx.m3u8\n");
        assertThat(look(origin.url("/x.m3u8")).arrival()).isEqualTo(Arrival.BAD_DATA);
    }

    @Test
    void segments_of_garbage_give_no_picture_and_no_harm() throws InterruptedException {
        Clips.needFfmpeg();
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        origin.publish(noise, Clock.system().nowMs());
        StreamReading reading = look(origin.url("/cam/index.m3u8"));
        assertThat(reading.arrival()).isEqualTo(Arrival.FLOWING);
        assertThat(reading.picture().seenAtMs()).isZero();
    }

    @Test
    void a_truncated_segment_and_a_too_large_one_are_survived() throws InterruptedException {
        Clips.needFfmpeg();
        origin.publish(Arrays.copyOf(Clips.moving().getFirst(), 5_000), Clock.system().nowMs());
        assertThat(look(origin.url("/cam/index.m3u8")).arrival()).isEqualTo(Arrival.FLOWING);
        origin.publish(new byte[1024 * 1024], Clock.system().nowMs());
        assertThat(look(origin.url("/cam/index.m3u8")).arrival()).isEqualTo(Arrival.BAD_DATA);
    }

    @Test
    void a_playlist_may_come_and_go_and_is_read_again() throws InterruptedException {
        Clips.needFfmpeg();
        origin.publish(Clips.moving().getFirst(), Clock.system().nowMs());
        HlsProbe probe = probe(origin.url("/cam/index.m3u8"));
        assertThat(probe.look().arrival()).isEqualTo(Arrival.FLOWING);
        origin.answer("/cam/index.m3u8", exchange -> Origin.send(exchange, 500, new byte[0]));
        assertThat(probe.look().arrival()).isEqualTo(Arrival.ERROR);
        origin.answerAsUsual("/cam/index.m3u8");
        assertThat(probe.look().arrival()).isEqualTo(Arrival.FLOWING);
    }

    @Test
    void of_a_master_the_smallest_rendition_is_watched_unless_another_is_expected()
            throws InterruptedException {
        Clips.needFfmpeg();
        origin.publish(Clips.moving().getFirst(), Clock.system().nowMs());
        origin.answer("/high/index.m3u8", exchange -> Origin.send(exchange, 403, new byte[0]));
        HlsProbe probe = probe(origin.url("/master.m3u8"));
        assertThat(probe.look().arrival()).isEqualTo(Arrival.FLOWING);
    }
}

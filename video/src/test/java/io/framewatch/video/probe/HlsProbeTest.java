package io.framewatch.video.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.UrlInventory;
import io.framewatch.video.inventory.VideoStream;
import io.framewatch.video.segment.SegmentLook;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.segment.Verdict;
import io.framewatch.video.state.Arrival;
import io.framewatch.video.state.StateRules;
import io.framewatch.video.state.StreamReading;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One probe against a real origin with real segments; time is moved by hand, one second a look.
class HlsProbeTest {

    private final ManualClock clock = new ManualClock(1_800_000_000_000L);
    private final Children children = new Children();
    private Origin origin;
    private Fetcher fetcher;
    private HlsProbe probe;
    private final List<SegmentLook> looks = new ArrayList<>();
    private StreamStates states;
    private StreamReading reading;
    private String id;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        Clips.needFfmpeg();
        origin = new Origin();
        ProbeSettings settings = ProbeSettings.of("ffmpeg", folder);
        fetcher = new Fetcher(settings, clock);
        SegmentDecoder decoder = new SegmentDecoder(settings, children);
        Inventory inventory = UrlInventory.of(List.of(origin.url("/gate/index.m3u8")));
        VideoStream stream = inventory.places().getFirst().stream();
        id = stream.id();
        reading = StreamReading.of(id, 0, Arrival.NONE_YET, "", 0);
        probe = new HlsProbe(stream, settings, fetcher, decoder, new Pictures(), looks::add, clock);
        states = new StreamStates(inventory, StateRules.DEFAULT, clock);
    }

    @AfterEach
    void stop() {
        if (origin != null) {
            probe.close();
            children.close();
            fetcher.close();
            origin.close();
        }
    }

    private void second() throws InterruptedException {
        clock.advance(Duration.ofSeconds(1));
        reading = probe.look();
        states.observe(reading);
    }

    /// Plays segments, one every two seconds; seconds until `state` was reached, or -1.
    private int play(List<byte[]> segments, StreamState state) throws InterruptedException {
        int seconds = 0;
        for (byte[] segment : segments) {
            origin.publish(segment, clock.nowMs() + 1_000);
            for (int i = 0; i < 2; i++) {
                second();
                seconds++;
                if (state() == state) {
                    return seconds;
                }
            }
        }
        return -1;
    }

    private StreamState state() {
        return Objects.requireNonNull(states.status(id)).state();
    }

    @Test
    void moving_pictures_are_live_and_measured() throws InterruptedException {
        assertThat(play(Clips.moving(), StreamState.LIVE)).isEqualTo(1);
        assertThat(play(Clips.moving(), StreamState.FROZEN)).isEqualTo(-1);

        assertThat(state()).isEqualTo(StreamState.LIVE);
        assertThat(reading.flow().fps()).isEqualTo(25);
        assertThat(reading.flow().bitrateBps()).isBetween(100_000.0, 1_200_000.0);
        assertThat(reading.flow().speed()).isBetween(0.9, 1.1);
        assertThat(reading.flow().liveEdgeLagSeconds()).isBetween(0.0, 2.0);
        assertThat(reading.picture().luma()).isBetween(100.0, 150.0);
        assertThat(reading.picture().silentSinceMs()).isZero();
    }

    @Test
    void a_frozen_picture_is_seen_within_eight_seconds_and_gone_again()
            throws InterruptedException {
        play(Clips.moving(), StreamState.FROZEN);
        long faultMs = clock.nowMs();

        assertThat(play(Clips.frozen(), StreamState.FROZEN)).isBetween(3, 8);
        assertThat(Objects.requireNonNull(states.status(id)).sinceMs())
                .isBetween(faultMs - 2_000, faultMs + 4_000);

        assertThat(play(Clips.moving(), StreamState.LIVE)).isBetween(1, 6);
    }

    @Test
    void noise_does_not_hide_a_frozen_picture() throws InterruptedException {
        assertThat(play(Clips.noisyFrozen(), StreamState.FROZEN)).isBetween(3, 8);
    }

    @Test
    void a_scene_where_only_a_clock_moves_is_live() throws InterruptedException {
        assertThat(play(Clips.clockOnly(), StreamState.FROZEN)).isEqualTo(-1);
        assertThat(state()).isEqualTo(StreamState.LIVE);
    }

    @Test
    void a_motion_that_repeats_with_the_keyframes_is_live() throws InterruptedException {
        assertThat(play(Clips.periodic(), StreamState.FROZEN)).isEqualTo(-1);
        assertThat(state()).isEqualTo(StreamState.LIVE);
    }

    @Test
    void black_is_black_and_not_frozen() throws InterruptedException {
        play(Clips.moving(), StreamState.FROZEN);

        assertThat(play(Clips.black(), StreamState.FROZEN)).isEqualTo(-1);
        assertThat(state()).isEqualTo(StreamState.BLACK);
        assertThat(play(Clips.moving(), StreamState.LIVE)).isBetween(1, 6);
    }

    @Test
    void a_stopped_encoder_is_offline_since_its_last_segment() throws InterruptedException {
        play(Clips.moving(), StreamState.FROZEN);
        long lastMs = clock.nowMs() - 1_000;
        int seconds = 0;
        while (state() != StreamState.OFFLINE && seconds < 30) {
            second();
            seconds++;
        }
        assertThat(seconds).isBetween(6, 10);
        assertThat(reading.arrival()).isEqualTo(Arrival.STALE);
        assertThat(Objects.requireNonNull(states.status(id)).sinceMs()).isEqualTo(lastMs);

        origin.restart();
        assertThat(play(Clips.moving(), StreamState.LIVE)).isBetween(1, 6);
    }

    @Test
    void a_slow_encoder_is_degraded_and_not_offline() throws InterruptedException {
        play(Clips.moving(), StreamState.FROZEN);
        int seconds = 0;
        for (byte[] segment : Clips.moving()) {
            origin.publish(segment, clock.nowMs());
            for (int i = 0; i < 4 && state() != StreamState.DEGRADED; i++, seconds++) {
                second();
                assertThat(state()).isNotEqualTo(StreamState.OFFLINE);
            }
        }
        assertThat(state()).isEqualTo(StreamState.DEGRADED);
        assertThat(seconds).isLessThanOrEqualTo(20);
    }

    @Test
    void a_missing_segment_is_passed_over_and_a_lost_server_is_offline()
            throws InterruptedException {
        play(Clips.moving(), StreamState.FROZEN);
        origin.answer("/gate/seg-6.ts", exchange -> Origin.send(exchange, 404, new byte[0]));
        play(Clips.moving(), StreamState.FROZEN);
        assertThat(state()).isEqualTo(StreamState.LIVE);

        origin.close();
        for (int i = 0; i < 6; i++) {
            second();
        }
        assertThat(reading.arrival()).isEqualTo(Arrival.REFUSED);
        assertThat(state()).isEqualTo(StreamState.OFFLINE);
    }

    private List<Verdict> verdicts() {
        return looks.stream().map(SegmentLook::verdict).toList();
    }

    @Test
    void each_segment_gets_a_verdict_with_measured_times() throws InterruptedException {
        TraceContext context =
                new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        origin.answer(
                "/gate/seg-1.ts",
                exchange -> {
                    clock.advance(Duration.ofMillis(70));
                    exchange.getResponseHeaders().add("Server-Timing", context.serverTiming());
                    Origin.send(exchange, 200, Clips.moving().get(1));
                });
        origin.answer("/gate/seg-2.ts", exchange -> Origin.send(exchange, 404, new byte[0]));
        origin.answer("/gate/seg-3.ts", exchange -> Origin.send(exchange, 503, new byte[0]));
        origin.answer("/gate/seg-4.ts", exchange -> Origin.send(exchange, 200, new byte[188]));
        long startMs = clock.nowMs();
        play(Clips.moving().subList(0, 5), StreamState.FROZEN);
        play(Clips.black(), StreamState.FROZEN);

        assertThat(verdicts())
                .startsWith(
                        Verdict.FINE,
                        Verdict.FINE,
                        Verdict.MISSING,
                        Verdict.FAILED,
                        Verdict.UNREADABLE,
                        Verdict.BLACK);
        SegmentLook second = looks.get(1);
        assertThat(second.name()).isEqualTo("seg-1.ts");
        assertThat(second.context()).isEqualTo(context);
        assertThat(second.fetchStartNs()).isEqualTo((startMs + 3_000) * 1_000_000);
        assertThat(second.fetchEndNs()).isEqualTo((startMs + 3_070) * 1_000_000);
        assertThat(second.decodeEndNs()).isEqualTo((startMs + 3_070) * 1_000_000);
        assertThat(second.ttfbMs()).isEqualTo(70);
        assertThat(looks.getFirst().context()).isNull();
        assertThat(looks.get(3).detail()).isEqualTo("HTTP 503");
        assertThat(looks.get(3).decodeStartNs()).isZero();
    }

    @Test
    void a_segment_that_leaves_players_without_media_is_late() throws InterruptedException {
        origin.publish(Clips.moving().getFirst(), clock.nowMs() - 4_500);
        second();
        origin.publish(Clips.moving().get(1), clock.nowMs() - 6_500);
        second();
        assertThat(verdicts()).containsExactly(Verdict.FINE, Verdict.LATE);
        assertThat(looks.getLast().lagSeconds()).isEqualTo(7.5);
    }

    @Test
    void frozen_segments_are_called_so_and_one_trace_id_for_all_is_none() throws Exception {
        TraceContext same =
                new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        for (int i = 0; i < 4; i++) {
            byte[] segment = Clips.frozen().get(i);
            origin.answer(
                    "/gate/seg-" + i + ".ts",
                    exchange -> {
                        exchange.getResponseHeaders().add("Server-Timing", same.serverTiming());
                        Origin.send(exchange, 200, segment);
                    });
        }
        play(Clips.frozen().subList(0, 4), StreamState.OFFLINE);
        assertThat(verdicts()).contains(Verdict.FROZEN);
        assertThat(looks.getFirst().context()).isEqualTo(same);
        assertThat(looks.stream().skip(1).map(SegmentLook::context)).containsOnlyNulls();
    }
}

package io.framewatch.video.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.InventoryFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Scenarios as tables. A line `FROM-TO READING => STATE since S` gives that reading once in each
/// of the seconds FROM to TO and then expects that state. A reading is an arrival and what is seen:
/// `frozen=3` the picture has been the same since second 3, `black=3`, `speed=0.5`, `fps=10`,
/// `bitrate=100`. `silence` gives no reading, `down` and `up` speak of the site.
class StreamStatesTest {

    private static final long START_MS = 1_800_000_000_000L;

    private final ManualClock clock = new ManualClock(START_MS);
    private final Inventory inventory =
            InventoryFile.parse(
                    "inventory.yml",
                    """
                    sites:
                      - id: north
                        cameras:
                          - {id: cam-1, url: "http://host/cam-1/index.m3u8", fps: 25, bitrate: 600k}
                    """);
    private final StreamStates states = new StreamStates(inventory, StateRules.DEFAULT, clock);
    private final List<StateChange> changes = new ArrayList<>();
    private long newestMediaAtMs;

    private void play(String table) {
        states.onChange(changes::add);
        for (String line : table.lines().map(String::trim).filter(l -> !l.isEmpty()).toList()) {
            String[] sides = line.split("=>");
            String[] words = sides[0].trim().split("\\s+");
            String[] span = words[0].split("-");
            int to = Integer.parseInt(span[span.length - 1]);
            for (int second = Integer.parseInt(span[0]); second <= to; second++) {
                clock.advance(Duration.ofMillis(START_MS + second * 1_000L - clock.nowMs()));
                step(words);
            }
            expect(line, sides[1].trim().split("\\s+"));
        }
    }

    private void step(String[] words) {
        switch (words[1]) {
            case "silence" -> states.tick();
            case "down" -> states.siteDown("north", clock.nowMs());
            case "up" -> states.siteDown("north", 0);
            case "service" -> states.inService("cam-1", clock.nowMs() + 10_000);
            default -> states.observe(reading(words));
        }
    }

    private StreamReading reading(String[] words) {
        Arrival arrival = Arrival.valueOf(words[1].toUpperCase(Locale.ROOT));
        if (arrival == Arrival.FLOWING) {
            newestMediaAtMs = clock.nowMs();
        }
        long black = 0;
        long frozen = 0;
        double speed = 1;
        double fps = 25;
        double bitrate = 600_000;
        for (int i = 2; i < words.length; i++) {
            String[] pair = words[i].split("=");
            double value = Double.parseDouble(pair[1]);
            switch (pair[0]) {
                case "black" -> black = START_MS + (long) (value * 1_000);
                case "frozen" -> frozen = START_MS + (long) (value * 1_000);
                case "speed" -> speed = value;
                case "fps" -> fps = value;
                case "bitrate" -> bitrate = value * 1_000;
                default -> throw new IllegalArgumentException(words[i]);
            }
        }
        return StreamReading.of("cam-1", clock.nowMs(), arrival, "", newestMediaAtMs)
                .with(new StreamReading.Picture(clock.nowMs(), black, frozen, 100, 0))
                .with(new StreamReading.Flow(fps, bitrate, 1, 2, speed, 0.01, 0.1));
    }

    private void expect(String line, String[] expected) {
        StreamStatus status = Objects.requireNonNull(states.status("cam-1"));
        assertThat(status.state()).as(line).isEqualTo(StreamState.valueOf(expected[0]));
        if (expected.length > 2) {
            long since = START_MS + (long) (Double.parseDouble(expected[2]) * 1_000);
            assertThat(status.sinceMs()).as(line).isEqualTo(since);
        }
    }

    @Test
    void nothing_is_known_before_the_first_look() {
        play("0 silence => UNKNOWN since 0");
    }

    @Test
    void a_new_stream_connects_then_lives() {
        play(
                """
                1-3 none_yet => CONNECTING since 1
                4 flowing    => LIVE since 4
                """);
    }

    @Test
    void a_stream_that_never_answers_is_offline_after_15_seconds() {
        play(
                """
                1-15 refused  => CONNECTING since 1
                16-22 refused => OFFLINE since 1
                """);
    }

    @Test
    void a_freeze_counts_from_its_first_picture_and_ends_after_two_good_seconds() {
        play(
                """
                1-10 flowing          => LIVE
                11-12 flowing frozen=9 => LIVE
                13 flowing frozen=9    => FROZEN since 9
                14-40 flowing frozen=9 => FROZEN since 9
                41-42 flowing          => FROZEN since 9
                43 flowing             => LIVE
                """);
        assertThat(changes)
                .extracting(StateChange::to)
                .containsExactly(StreamState.LIVE, StreamState.FROZEN, StreamState.LIVE);
    }

    @Test
    void black_wins_over_frozen_and_over_weakness() {
        play(
                """
                1-10 flowing                          => LIVE
                11-13 flowing black=10 frozen=8       => BLACK since 10
                14-20 flowing black=10 frozen=8 fps=5 => BLACK since 10
                21-25 flowing frozen=15               => FROZEN
                """);
    }

    @Test
    void offline_counts_from_the_last_new_media_and_wins_over_black() {
        play(
                """
                1-10 flowing         => LIVE
                11-16 flowing black=12 => BLACK since 12
                17 stale black=12    => BLACK
                18 stale black=12    => OFFLINE since 16
                """);
    }

    @Test
    void one_failed_look_changes_nothing() {
        play(
                """
                1-10 flowing => LIVE since 1
                11 timeout   => LIVE since 1
                12 flowing   => LIVE since 1
                13-16 error  => LIVE
                17 error     => OFFLINE since 12
                """);
    }

    @Test
    void weakness_must_last_four_seconds_and_be_gone_for_four() {
        play(
                """
                1-10 flowing             => LIVE
                11-14 flowing speed=0.5  => LIVE
                15-20 flowing speed=0.5  => DEGRADED since 11
                21-24 flowing            => DEGRADED
                25 flowing               => LIVE
                26-30 flowing fps=19     => DEGRADED
                31-40 flowing            => LIVE
                41-45 flowing fps=100    => DEGRADED
                46-55 flowing            => LIVE
                56-60 flowing bitrate=200 => DEGRADED
                """);
        assertThat(Objects.requireNonNull(states.status("cam-1")).reason())
                .isEqualTo(Reason.LOW_BITRATE);
    }

    @Test
    void a_site_out_of_reach_hides_everything_else() {
        play(
                """
                1-10 flowing  => LIVE
                11 down       => UNKNOWN since 11
                12-20 stale   => UNKNOWN since 11
                21 up         => OFFLINE
                """);
    }

    @Test
    void without_readings_nobody_can_tell() {
        play(
                """
                1-10 flowing  => LIVE
                11-25 silence => LIVE
                26 silence    => UNKNOWN since 10
                27 flowing    => LIVE since 27
                """);
    }

    @Test
    void service_is_neither_fine_nor_broken() {
        play(
                """
                1-10 flowing   => LIVE
                11 service     => MAINTENANCE since 11
                12-20 stale    => MAINTENANCE since 11
                21-23 flowing  => LIVE
                """);
    }

    @Test
    void losses_again_and_again_are_flapping_until_it_is_calm() {
        playLossesAgainAndAgain();
    }

    private void playLossesAgainAndAgain() {
        play(
                """
                1-5 flowing    => LIVE
                6-8 stale      => OFFLINE
                9-12 flowing   => LIVE
                13-15 stale    => OFFLINE
                16-19 flowing  => LIVE
                20-22 stale    => OFFLINE
                23-26 flowing  => LIVE
                27-29 stale    => FLAPPING
                30-40 flowing  => FLAPPING
                41-45 stale    => FLAPPING
                46-75 flowing  => FLAPPING
                76 flowing     => LIVE
                """);
    }

    @Test
    void history_has_no_gaps_and_no_equal_neighbours() {
        playLossesAgainAndAgain();
        List<Interval> history = Objects.requireNonNull(states.status("cam-1")).history();
        for (int i = 1; i < history.size(); i++) {
            assertThat(history.get(i).fromMs()).isEqualTo(history.get(i - 1).toMs());
            assertThat(history.get(i).state()).isNotEqualTo(history.get(i - 1).state());
            assertThat(history.get(i - 1).toMs()).isGreaterThan(history.get(i - 1).fromMs());
        }
        assertThat(history.getLast().toMs()).isEqualTo(clock.nowMs());
    }

    @Test
    void history_is_bounded() {
        History history = new History(StreamState.LIVE, 0);
        for (int i = 1; i < 5_000; i++) {
            history.enter(i % 2 == 0 ? StreamState.LIVE : StreamState.OFFLINE, i * 1_000L);
        }
        assertThat(history.intervals(5_000_000)).hasSize(History.INTERVALS_MAX + 1);
    }
}

package io.framewatch.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PictureMarksTest {

    private static final long WALL = 1_800_000_000_000L;

    private final PictureMarks marks = new PictureMarks();

    /// Pictures of two seconds from media time `fromMs`, each passing `delayMs` after its capture.
    private void seconds(long fromMs, long delayMs) {
        for (long media = fromMs; media < fromMs + 2_000; media += 40) {
            marks.passed(media, WALL + media + delayMs);
        }
    }

    @Test
    void tellsWhenAStretchPassed() {
        seconds(0, 30);
        seconds(2_000, 30);
        assertThat(marks.passage(WALL + 2_030, WALL + 4_030))
                .isEqualTo(new PictureMarks.Passage(WALL + 2_030, WALL + 3_990, 50));
        assertThat(marks.passage(WALL + 9_000, WALL + 11_000)).isNull();
    }

    @Test
    void whatIsDelayedLaterShowsAsDelay() {
        seconds(0, 30);
        seconds(2_000, 1_530);
        assertThat(marks.passage(WALL + 2_030, WALL + 4_030))
                .isEqualTo(new PictureMarks.Passage(WALL + 3_530, WALL + 5_490, 50));
    }

    @Test
    void aBurstAtTheStartCountsFromItsFastestPicture() {
        seconds(0, 2_000);
        seconds(2_000, 30);
        assertThat(marks.passage(WALL + 30, WALL + 2_030))
                .isEqualTo(new PictureMarks.Passage(WALL + 2_000, WALL + 3_960, 50));
    }

    @Test
    void beginsAnewWhenMediaTimeDoes() {
        seconds(600_000, 30);
        long later = WALL + 1_000_000;
        for (long media = 1_400; media < 3_400; media += 40) {
            marks.passed(media, later + media);
        }
        assertThat(marks.passage(WALL + 600_000, WALL + 602_100)).isNull();
        assertThat(marks.passage(later + 1_400, later + 3_400))
                .isEqualTo(new PictureMarks.Passage(later + 1_400, later + 3_360, 50));
    }

    @Test
    void remembersOnlyTheNewest() {
        for (int i = 0; i < 100; i++) {
            seconds(2_000L * i, 0);
        }
        assertThat(marks.passage(WALL, WALL + 150_000)).isNull();
        assertThat(marks.passage(WALL + 198_000, WALL + 200_000)).isNotNull();
    }
}

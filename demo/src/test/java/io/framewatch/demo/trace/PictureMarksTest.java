package io.framewatch.demo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PictureMarksTest {

    private static final long WALL = 1_800_000_000_000L;

    private final PictureMarks marks = new PictureMarks();

    /// Pictures of two seconds from media time `fromMs`, each passing `delayMs` after its capture;
    /// the first is a key picture.
    private static void seconds(PictureMarks marks, long fromMs, long delayMs) {
        for (long media = fromMs; media < fromMs + 2_000; media += 40) {
            marks.passed(media, media == fromMs, WALL + media + delayMs);
        }
    }

    @Test
    void tellsWhenAStretchPassed() {
        seconds(marks, 0, 30);
        seconds(marks, 2_000, 30);
        assertThat(marks.passage(2_000, 4_000))
                .isEqualTo(new PictureMarks.Passage(WALL + 2_030, WALL + 3_990, 50));
        assertThat(marks.passage(9_000, 11_000)).isNull();
    }

    @Test
    void putsMediaTimeOnTheWallByTheFastestPicture() {
        seconds(marks, 0, 2_000);
        seconds(marks, 2_000, 30);
        seconds(marks, 4_000, 900);
        assertThat(marks.wallMs(4_000)).isEqualTo(WALL + 4_030);
    }

    @Test
    void findsTheKeyPictureThatHadPassed() {
        seconds(marks, 0, 30);
        seconds(marks, 2_000, 30);
        assertThat(marks.keyUntil(WALL + 2_029)).isZero();
        assertThat(marks.keyUntil(WALL + 2_030)).isEqualTo(2_000);
        assertThat(marks.keyUntil(WALL)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void comparesWithWhatPassedBefore() {
        PictureMarks out = new PictureMarks();
        seconds(marks, 0, 30);
        seconds(marks, 2_000, 30);
        for (long media = 0; media < 4_000; media += 40) {
            out.passed(77_000 + media, false, WALL + media + 30 + (media < 2_000 ? 1_500 : 30));
        }
        assertThat(out.leadOver(marks)).isEqualTo(77_000);
        assertThat(out.leadOver(new PictureMarks())).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void beginsAnewWhenMediaTimeDoes() {
        seconds(marks, 600_000, 30);
        assertThat(marks.epoch()).isZero();
        long later = WALL + 1_000_000;
        for (long media = 1_400; media < 3_400; media += 40) {
            marks.passed(media, false, later + media);
        }
        assertThat(marks.epoch()).isEqualTo(1);
        assertThat(marks.passage(600_000, 602_100)).isNull();
        assertThat(marks.wallMs(0)).isEqualTo(later);
        assertThat(marks.passage(1_400, 3_400))
                .isEqualTo(new PictureMarks.Passage(later + 1_400, later + 3_360, 50));
    }

    @Test
    void remembersOnlyTheNewest() {
        for (int i = 0; i < 100; i++) {
            seconds(marks, 2_000L * i, 0);
        }
        assertThat(marks.passage(0, 150_000)).isNull();
        assertThat(marks.passage(198_000, 200_000)).isNotNull();
    }
}

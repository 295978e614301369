package io.framewatch.demo.trace;

import static io.framewatch.demo.trace.Stretches.START;
import static io.framewatch.demo.trace.Stretches.segment;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PictureWayTest {

    private final Stretches stretches = new Stretches();
    private final PictureWay way = new PictureWay(stretches.in, stretches.out);

    @Test
    void findsTheSamePicturesWhereverTheyPassed() {
        for (int i = 0; i < 5; i++) {
            stretches.pass(2_000L * i, 15, 40);
        }
        assertThat(way.find(segment(0, 1, 0, 2_160))).isNull();
        assertThat(way.find(segment(0, 1, 1, 4_160))).isNull();
        PictureWay.Found found = way.find(segment(0, 1, 2, 6_160));
        assertThat(found)
                .isEqualTo(
                        new PictureWay.Found(
                                START + 4_015,
                                START + 6_015,
                                new PictureMarks.Passage(START + 4_015, START + 5_975, 50),
                                new PictureMarks.Passage(START + 4_055, START + 6_015, 50)));
    }

    @Test
    void aSlowTranscoderIsToldAsSlow() {
        stretches.pass(0, 0, 0);
        for (int i = 0; i < 2; i++) {
            stretches.pass(2_000L * (i + 1), 0, 0);
            way.find(segment(0, 1, i, 2_000L * (i + 1) + 130));
        }
        stretches.pass(6_000, 0, 900);
        stretches.pass(8_000, 0, 1_900);
        PictureWay.Found found = way.find(segment(0, 1, 3, 10_200));
        assertThat(found)
                .isEqualTo(
                        new PictureWay.Found(
                                START + 6_000,
                                START + 8_000,
                                new PictureMarks.Passage(START + 6_000, START + 7_960, 50),
                                new PictureMarks.Passage(START + 6_900, START + 8_860, 50)));
    }

    @Test
    void aPackagerThatIsLateIsNotMistakenForAnotherSegment() {
        for (int i = 0; i < 8; i++) {
            stretches.pass(2_000L * i, 0, 0);
        }
        way.find(segment(0, 1, 0, 4_500));
        way.find(segment(0, 1, 1, 4_600));
        way.find(segment(0, 1, 2, 6_100));
        PictureWay.Found late = way.find(segment(0, 1, 3, 12_700));
        assertThat(Objects.requireNonNull(late).out())
                .isEqualTo(new PictureMarks.Passage(START + 6_000, START + 7_960, 50));
    }

    @Test
    void aNewRunIsComparedAnew() {
        for (int i = 0; i < 8; i++) {
            stretches.pass(2_000L * i, 0, 0);
        }
        for (int i = 0; i < 3; i++) {
            way.find(segment(0, 1, i, 2_000L * (i + 1) + 100));
        }
        assertThat(way.find(segment(0, 2, 0, 12_100))).isNull();
        assertThat(way.find(segment(0, 2, 1, 14_050))).isNull();
    }

    @Test
    void nothingIsFoundWherePicturesWereNotSeen() {
        for (int i = 0; i < 5; i++) {
            assertThat(way.find(segment(0, 1, i, 2_000L * (i + 1) + 100))).isNull();
        }
    }
}

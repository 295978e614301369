package io.framewatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.demo.trace.PublishedSegment;
import io.framewatch.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlaylistPublisherTest {

    private static final Instant START = Instant.parse("2026-11-20T14:00:00Z");

    @TempDir private Path folder;

    private final ManualClock clock = new ManualClock(START.plusSeconds(60).toEpochMilli());
    private final List<PublishedSegment> told = new ArrayList<>();
    private PlaylistPublisher publisher = new PlaylistPublisher(0, Path.of("."), told::add, clock);

    @BeforeEach
    void make() {
        publisher = new PlaylistPublisher(0, folder, told::add, clock);
    }

    @Test
    void datesSegmentsByWhenTheyWereFinished() throws Exception {
        assertThat(publisher.poll(1)).isFalse();
        cut(1, 0, 2_000, 2_100);
        cut(1, 1, 2_000, 4_300);
        assertThat(publisher.poll(1)).isTrue();
        assertThat(publisher.poll(1)).isFalse();
        assertThat(wallTimes())
                .containsExactly("2026-11-20T14:00:00.100Z", "2026-11-20T14:00:02.100Z");
    }

    @Test
    void tellsOfEachSegmentOnceItsPlaylistNamesIt() throws Exception {
        cut(1, 0, 2_000, 2_100);
        publisher.poll(1);
        clock.setWallMs(START.plusSeconds(70).toEpochMilli());
        cut(1, 1, 2_000, 4_300);
        publisher.poll(1);
        long startMs = START.toEpochMilli();
        String place = folder.getFileName() + "/1-0000000";
        assertThat(told)
                .containsExactly(
                        new PublishedSegment(
                                0,
                                place + "0.ts",
                                1,
                                0,
                                5,
                                startMs + 100,
                                2_000,
                                2_000,
                                startMs + 2_100,
                                startMs + 60_000),
                        new PublishedSegment(
                                0,
                                place + "1.ts",
                                1,
                                1,
                                5,
                                startMs + 2_100,
                                2_000,
                                4_000,
                                startMs + 4_300,
                                startMs + 70_000));
    }

    @Test
    void aSlowStageDoesNotChangeWhenThingsWereCaptured() throws Exception {
        for (int i = 0; i < 4; i++) {
            cut(1, i, 2_000, 4_000L * (i + 1));
            publisher.poll(1);
        }
        assertThat(wallTimes().getLast()).isEqualTo("2026-11-20T14:00:08.000Z");
    }

    @Test
    void aBurstAtTheStartDoesNotLieInTheFuture() throws Exception {
        cut(1, 0, 2_000, 500);
        cut(1, 1, 2_000, 600);
        cut(1, 2, 2_000, 2_600);
        publisher.poll(1);
        assertThat(wallTimes().getLast()).isEqualTo("2026-11-20T14:00:00.600Z");
    }

    @Test
    void slidesAndGoesOnOverARestart() throws Exception {
        for (int i = 0; i < 5; i++) {
            cut(1, i, 2_000, 2_000L * (i + 1));
            publisher.poll(1);
        }
        Files.deleteIfExists(folder.resolve("1-00000000.ts.tmp"));
        cut(2, 0, 2_000, 20_000);
        publisher.poll(2);
        assertThat(playlist())
                .contains("#EXT-X-MEDIA-SEQUENCE:0", "#EXT-X-DISCONTINUITY\n", "2-00000000.ts");
        assertThat(wallTimes().getLast()).isEqualTo("2026-11-20T14:00:18.000Z");
        assertThat(folder.resolve("cut-1.m3u8")).doesNotExist();
        for (int i = 1; i < 14; i++) {
            cut(2, i, 2_000, 20_000 + 2_000L * i);
            publisher.poll(2);
        }
        assertThat(playlist())
                .contains("#EXT-X-MEDIA-SEQUENCE:13", "#EXT-X-DISCONTINUITY-SEQUENCE:1")
                .doesNotContain("#EXT-X-DISCONTINUITY\n");
        assertThat(CutSegment.parse(playlist())).hasSize(PlaylistPublisher.WINDOW_SEGMENTS);
        assertThat(folder.resolve("1-00000000.ts")).doesNotExist();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSizeLessThan(16);
        }
    }

    @Test
    void readsNoSegmentFromHalfAList() {
        assertThat(CutSegment.parse("#EXTM3U\n#EXTINF:2.0")).isEmpty();
        assertThat(CutSegment.parse("#EXTINF:oops,\na.ts\n#EXTINF:1.5,\nb.ts\n"))
                .containsExactly(new CutSegment("b.ts", 1_500));
    }

    private void cut(int run, int index, long durationMs, long writtenMs) throws Exception {
        Path list = folder.resolve(PlaylistPublisher.cutList(run));
        String name = "%d-%08d.ts".formatted(run, index);
        Path file = Files.writeString(folder.resolve(name), "media");
        Files.setLastModifiedTime(file, FileTime.from(START.plusMillis(writtenMs)));
        String before = Files.exists(list) ? Files.readString(list) : "#EXTM3U\n";
        Files.writeString(list, before + "#EXTINF:%.6f,\n%s\n".formatted(durationMs / 1e3, name));
    }

    private String playlist() throws Exception {
        return Files.readString(folder.resolve("index.m3u8"));
    }

    private List<String> wallTimes() throws Exception {
        String word = "#EXT-X-PROGRAM-DATE-TIME:";
        return playlist()
                .lines()
                .filter(line -> line.startsWith(word))
                .map(line -> line.substring(word.length()))
                .toList();
    }
}

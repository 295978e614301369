package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressParserTest {

    @Test
    void readsOneBlock() {
        assertThat(
                        blocks(
                                """
                                frame=101
                                fps=25.12
                                stream_0_0_q=32.0
                                bitrate= 699.7kbits/s
                                total_size=752277
                                out_time_us=4040000
                                out_time_ms=4040000
                                out_time=00:00:04.040000
                                dup_frames=3
                                drop_frames=1
                                speed=1.01x
                                progress=continue
                                """))
                .containsExactly(new Progress(101, 4_040_000, 752_277, 3, 1, false));
    }

    @Test
    void takesMicrosecondsFromTheFieldCalledMilliseconds() {
        assertThat(blocks("frame=2\nout_time_ms=80000\nprogress=end\n"))
                .containsExactly(new Progress(2, 80_000, -1, -1, -1, true));
    }

    @Test
    void notAvailableIsUnknownAndSpacesAreLeftOut() {
        assertThat(blocks("frame= 7 \ntotal_size=N/A\nout_time_us=N/A\nprogress=continue\n"))
                .containsExactly(new Progress(7, -1, -1, -1, -1, false));
    }

    @Test
    void aBlockKnowsNothingOfTheOneBefore() {
        assertThat(blocks("frame=7\nprogress=continue\nprogress=continue\n"))
                .extracting(Progress::frames)
                .containsExactly(7L, -1L);
    }

    @Test
    void passesOverWhatIsNotProgress() {
        assertThat(blocks("\n=\nnoise\nprogress\nframe\n")).isEmpty();
    }

    private static List<Progress> blocks(String text) {
        ProgressParser parser = new ProgressParser();
        List<Progress> blocks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Progress block = parser.feed(line);
            if (block != null) {
                blocks.add(block);
            }
        }
        return blocks;
    }
}

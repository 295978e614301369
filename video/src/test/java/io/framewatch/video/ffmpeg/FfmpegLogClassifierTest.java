package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FfmpegLogClassifierTest {

    private final FfmpegLogClassifier classifier = new FfmpegLogClassifier();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[warning] max delay reached. need to consume packet|WARNING|PACKET_LOSS",
                "[rtsp @ 0x55d0] [warning] RTP: missed 14 packets|WARNING|PACKET_LOSS",
                "[h264 @ 0x55d0] [error] error while decoding MB 34 12|ERROR|DECODE_ERRORS",
                "[h264 @ 0x55d0] concealing 240 DC errors in P frame|WARNING|DECODE_ERRORS",
                "[h264 @ 0x1] Could not find ref with POC 12|WARNING|DECODE_ERRORS",
                "[hls @ 0x1] [warning] Non-monotonous DTS in output stream 0:1|WARNING|TIMESTAMPS",
                "[rtsp @ 0x1] [error] method DESCRIBE failed: 404 Not Found|ERROR|NOT_FOUND",
                "[h264_nvenc @ 0x1] OpenEncodeSessionEx failed: out of memory (10)|ERROR|ENCODER_SESSIONS",
                "[udp @ 0x1] [error] Circular buffer overrun. Surviving.|ERROR|INPUT_OVERRUN",
                "[tcp @ 0x1] [error] Connection to tcp://h:1 failed: Connection refused|ERROR|REFUSED",
                "[fatal] Unrecognized option 'bogus'.|FATAL|COMMAND",
                "[info] Opening 'x.ts' for writing|INFO|OTHER",
                "av_interleaved_write_frame(): No space left on device|ERROR|DISK",
            })
    void knowsTheTroublesOfTheTrade(String line, LogLevel level, LogSignature signature) {
        FfmpegLogClassifier.Line read = classifier.classify(line);
        assertThat(read.level()).isEqualTo(level);
        assertThat(read.signature()).isEqualTo(signature);
    }

    @Test
    void takesLevelAndComponentOffInEitherOrder() {
        assertThat(classifier.classify("[h264 @ 0x55d0a1] [error] no frame!").component())
                .isEqualTo("h264");
        assertThat(classifier.classify("[error] [mov,mp4 @ 0x55] odd").message()).isEqualTo("odd");
        assertThat(classifier.classify("[not a component] stays").message())
                .isEqualTo("[not a component] stays");
    }

    @Test
    void leavesCredentialsOut() {
        String message =
                classifier
                        .classify("[error] rtsp://user:secret@10.0.0.7/main?token=abc: refused")
                        .message();
        assertThat(message).doesNotContain("secret", "abc").contains("rtsp://10.0.0.7/main");
    }

    @Test
    void cutsWhatIsTooLong() {
        assertThat(classifier.classify("x".repeat(5_000)).message())
                .hasSize(FfmpegLogClassifier.MESSAGE_CHARS_MAX);
    }
}

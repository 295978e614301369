package io.framewatch.demo.trace;

/// Lets pictures pass two relays as a live pipeline does: 25 a second, a key picture every two
/// seconds, the transcoder's media time with a beginning of its own.
final class Stretches {

    /// Unix milliseconds at which the camera's media time was 0.
    static final long START = 1_800_000_000_000L;

    /// How much further the transcoder's media time is.
    static final long TRANSCODER_MS = 77_000;

    final PictureMarks in = new PictureMarks();
    final PictureMarks out = new PictureMarks();

    /// Two seconds of pictures captured from `fromMs` after the start; the transcoder gives each
    /// out `transcodeMs` after it had it.
    void pass(long fromMs, long ingestMs, long transcodeMs) {
        for (long media = fromMs; media < fromMs + 2_000; media += 40) {
            boolean key = media % 2_000 == 0;
            in.passed(media, key, START + media + ingestMs);
            out.passed(media + TRANSCODER_MS, key, START + media + ingestMs + transcodeMs);
        }
    }

    /// A segment of two seconds, captured as its index says, whose run began at its beginning.
    static PublishedSegment segment(int rendition, int run, long index, long writtenMs) {
        String folder = rendition == 0 ? "360p/" : "180p/";
        return new PublishedSegment(
                rendition,
                folder + run + "-" + index + ".ts",
                run,
                index,
                1_000,
                START + 2_000 * index,
                2_000,
                2_000 * (index + 1),
                START + writtenMs,
                START + writtenMs + 120);
    }
}

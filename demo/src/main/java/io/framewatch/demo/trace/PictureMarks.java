package io.framewatch.demo.trace;

import org.jspecify.annotations.Nullable;

/// When the newest pictures of one video passed a place, by media time. Thread safe.
///
/// Media time is put on the wall by the picture that came with the least delay: a picture of media
/// time `p` that passed at `w` was not captured after `w`, so media time 0 was not after `w - p`,
/// and the smallest of these differences is the nearest. What is delayed later shows as delay.
/// [io.framewatch.demo] does the same with finished segments, so that both speak of one wall time.
public final class PictureMarks {

    /// Most pictures remembered: 40 s at 25 a second.
    static final int PICTURES_MAX = 1_024;

    /// A jump of media time by more than this begins anew, milliseconds.
    private static final long JUMP_MS = 5_000;

    /// Half a picture at 25 a second: the difference that rounding to pictures makes, milliseconds.
    private static final long SLACK_MS = 20;

    private final long[] mediaMs = new long[PICTURES_MAX];
    private final long[] passedMs = new long[PICTURES_MAX];
    private int next;
    private int count;
    private long anchorMs = Long.MAX_VALUE;

    /// No picture yet.
    public PictureMarks() {}

    /// When the pictures of a stretch passed.
    ///
    /// @param firstMs when the first did, Unix milliseconds
    /// @param lastMs when the last did, Unix milliseconds
    /// @param pictures how many did
    public record Passage(long firstMs, long lastMs, int pictures) {}

    /// Notes that the picture of media time `media` passed at `atMs`, Unix milliseconds.
    public synchronized void passed(long media, long atMs) {
        if (count > 0) {
            long before = mediaMs[(next + PICTURES_MAX - 1) % PICTURES_MAX];
            if (Math.abs(media - before) > JUMP_MS) {
                count = 0;
                anchorMs = Long.MAX_VALUE;
            }
        }
        mediaMs[next] = media;
        passedMs[next] = atMs;
        next = (next + 1) % PICTURES_MAX;
        count = Math.min(count + 1, PICTURES_MAX);
        anchorMs = Math.min(anchorMs, atMs - media);
    }

    /// When the pictures captured from `fromMs` on, before `toMs`, passed; null if none of them is
    /// remembered.
    public synchronized @Nullable Passage passage(long fromMs, long toMs) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int pictures = 0;
        for (int i = 0; i < count; i++) {
            int at = (next + PICTURES_MAX - count + i) % PICTURES_MAX;
            long captured = anchorMs + mediaMs[at] + SLACK_MS;
            if (captured >= fromMs && captured < toMs) {
                first = Math.min(first, passedMs[at]);
                last = Math.max(last, passedMs[at]);
                pictures++;
            }
        }
        return pictures == 0 ? null : new Passage(first, last, pictures);
    }
}

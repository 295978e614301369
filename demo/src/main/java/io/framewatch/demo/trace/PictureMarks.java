package io.framewatch.demo.trace;

import org.jspecify.annotations.Nullable;

/// When the newest pictures of one video passed a place, by media time. Thread safe.
public final class PictureMarks {

    /// Most pictures remembered: 40 s at 25 a second.
    static final int PICTURES_MAX = 1_024;

    /// A jump of media time by more than this begins anew, milliseconds.
    private static final long JUMP_MS = 5_000;

    /// Half a picture at 25 a second: the difference that rounding to pictures makes, milliseconds.
    private static final long SLACK_MS = 20;

    private final long[] mediaMs = new long[PICTURES_MAX];
    private final long[] passedMs = new long[PICTURES_MAX];
    private final boolean[] key = new boolean[PICTURES_MAX];
    private int next;
    private int count;
    private int epoch;
    private long anchorMs = Long.MAX_VALUE;

    /// No picture yet.
    public PictureMarks() {}

    /// When the pictures of a stretch passed.
    ///
    /// @param firstMs when the first did, Unix milliseconds
    /// @param lastMs when the last did, Unix milliseconds
    /// @param pictures how many did
    public record Passage(long firstMs, long lastMs, int pictures) {}

    /// Notes that the picture of media time `media` passed at `atMs`, Unix milliseconds; a key
    /// picture is one that a segment can begin with.
    public synchronized void passed(long media, boolean isKey, long atMs) {
        if (count > 0) {
            long before = mediaMs[(next + PICTURES_MAX - 1) % PICTURES_MAX];
            if (Math.abs(media - before) > JUMP_MS) {
                count = 0;
                anchorMs = Long.MAX_VALUE;
                epoch++;
            }
        }
        mediaMs[next] = media;
        passedMs[next] = atMs;
        key[next] = isKey;
        next = (next + 1) % PICTURES_MAX;
        count = Math.min(count + 1, PICTURES_MAX);
        anchorMs = Math.min(anchorMs, atMs - media);
    }

    /// Counts how often media time began anew; media times of different epochs have nothing to do
    /// with each other.
    public synchronized int epoch() {
        return epoch;
    }

    /// Media time on the wall, Unix milliseconds: a picture of media time `p` that passed at `w`
    /// was not captured after `w`, so media time 0 was not after `w - p`, and the smallest of these
    /// differences, that of the picture with the least delay, is the nearest.
    public synchronized long wallMs(long media) {
        return anchorMs + media;
    }

    /// When the pictures from media time `fromMs` on, before `toMs`, passed; null if none of them
    /// is remembered.
    public synchronized @Nullable Passage passage(long fromMs, long toMs) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int pictures = 0;
        for (int i = 0; i < count; i++) {
            int at = index(i);
            if (mediaMs[at] + SLACK_MS >= fromMs && mediaMs[at] + SLACK_MS < toMs) {
                first = Math.min(first, passedMs[at]);
                last = Math.max(last, passedMs[at]);
                pictures++;
            }
        }
        return pictures == 0 ? null : new Passage(first, last, pictures);
    }

    /// Media time of the newest key picture that had passed at `atMs`; [Long#MIN_VALUE] if none is
    /// remembered.
    public synchronized long keyUntil(long atMs) {
        for (int i = count - 1; i >= 0; i--) {
            int at = index(i);
            if (key[at] && passedMs[at] <= atMs) {
                return mediaMs[at];
            }
        }
        return Long.MIN_VALUE;
    }

    /// The largest difference between the media time of a picture here and that of the newest
    /// picture that had passed at `before` by then; [Long#MIN_VALUE] if nothing can be compared. No
    /// picture comes out of a stage before it went in, so what went in with media time `p` comes
    /// out with `p` plus this difference or more; it is this difference where the stage was quick
    /// once.
    public long leadOver(PictureMarks before) {
        long[][] here = copy();
        long[][] there = before.copy();
        long lead = Long.MIN_VALUE;
        int seen = 0;
        for (int i = 0; i < here[0].length; i++) {
            while (seen < there[0].length && there[1][seen] <= here[1][i]) {
                seen++;
            }
            if (seen > 0) {
                lead = Math.max(lead, here[0][i] - there[0][seen - 1]);
            }
        }
        return lead;
    }

    /// Media times and when they passed, oldest first.
    private synchronized long[][] copy() {
        long[][] copied = new long[2][count];
        for (int i = 0; i < count; i++) {
            copied[0][i] = mediaMs[index(i)];
            copied[1][i] = passedMs[index(i)];
        }
        return copied;
    }

    private int index(int nth) {
        return (next + PICTURES_MAX - count + nth) % PICTURES_MAX;
    }
}

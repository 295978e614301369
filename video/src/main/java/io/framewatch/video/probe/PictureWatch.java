package io.framewatch.video.probe;

import io.framewatch.video.state.StreamReading;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Follows the pictures of one stream and says since when they have been black, the same, or
/// silent. Not thread safe.
///
/// Keyframes that look the same are only a suspicion, because a motion whose period is the keyframe
/// interval looks the same too. So before a freeze is reported, the frames between are looked at
/// once ([Between]), and only while the suspicion lasts.
final class PictureWatch {

    private @Nullable GrayFrame reference;
    private long referenceAtMs;
    private boolean frozen;
    private long blackSinceMs;
    private long silentSinceMs;
    private long seenAtMs;
    private double luma = Double.NaN;

    /// Looks at the frames between keyframes of the newest media.
    interface Between {
        /// The frames; empty if they cannot be had.
        List<GrayFrame> frames();
    }

    /// Takes the keyframes of a piece of media that plays from `fromMs` to `toMs`, in wall time.
    void see(List<GrayFrame> keyframes, long fromMs, long toMs, Between between) {
        if (keyframes.isEmpty()) {
            return;
        }
        boolean suspected = false;
        for (int i = 0; i < keyframes.size(); i++) {
            GrayFrame frame = keyframes.get(i);
            long atMs = fromMs + (toMs - fromMs) * i / keyframes.size();
            luma = frame.luma();
            blackSinceMs = frame.isBlack() ? (blackSinceMs == 0 ? atMs : blackSinceMs) : 0;
            if (reference != null && reference.sameAs(frame)) {
                suspected = true;
            } else {
                moved(frame, atMs);
                suspected = false;
            }
        }
        seenAtMs = toMs;
        if (suspected && !frozen && blackSinceMs == 0) {
            confirm(keyframes.getLast(), between, fromMs);
        }
    }

    private void confirm(GrayFrame last, Between between, long fromMs) {
        GrayFrame expected = reference;
        Predicate<GrayFrame> same = frame -> expected != null && expected.sameAs(frame);
        BooleanSupplier still = () -> between.frames().stream().allMatch(same);
        if (still.getAsBoolean()) {
            frozen = true;
        } else {
            moved(last, fromMs);
        }
    }

    private void moved(GrayFrame frame, long atMs) {
        reference = frame;
        referenceAtMs = atMs;
        frozen = false;
    }

    /// Takes whether the sound of the same media was silent.
    void hear(boolean silent, long fromMs) {
        silentSinceMs = silent ? (silentSinceMs == 0 ? fromMs : silentSinceMs) : 0;
    }

    /// A gap or jump in the media: what was before says nothing about what comes.
    void forget() {
        reference = null;
        frozen = false;
        blackSinceMs = 0;
    }

    StreamReading.Picture picture() {
        long frozenSinceMs = frozen && blackSinceMs == 0 ? referenceAtMs : 0;
        return new StreamReading.Picture(
                seenAtMs, blackSinceMs, frozenSinceMs, luma, silentSinceMs);
    }
}

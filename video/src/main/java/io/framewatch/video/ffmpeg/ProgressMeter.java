package io.framewatch.video.ffmpeg;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Frame rate, speed and lag of a running process, as differences between blocks of progress. Times
/// are of the monotonic clock, nanoseconds. Thread safe.
///
/// - frames per second = frames written / wall time, over the last [#WINDOW]
/// - speed = media time written / wall time, over the same: 1 keeps up with a live source
/// - lag = how much later the newest frame was written than if the process had kept up since its
///   best moment. Nothing is taken from the process's start, so that the seconds in which it waited
///   for its first picture do not count as lag.
public final class ProgressMeter {

    /// Over how long rates are measured.
    public static final Duration WINDOW = Duration.ofSeconds(4);

    /// Without a block for this long the process says nothing more, and the wait counts against it.
    private static final long SILENCE_NS = Duration.ofMillis(1_500).toNanos();

    private static final int BLOCKS_MAX = 64;

    private final Deque<Block> recent = new ArrayDeque<>();
    private @Nullable Block advanced;
    private long leadUs = Long.MIN_VALUE;

    private record Block(long atNs, Progress progress) {}

    /// A meter without measurement.
    public ProgressMeter() {}

    /// Takes a block that arrived at `nowNs`.
    public synchronized void take(Progress progress, long nowNs) {
        Block block = new Block(nowNs, progress);
        Block before = recent.peekLast();
        if (progress.frames() > 0 || progress.outTimeUs() > 0) {
            if (before == null
                    || progress.outTimeUs() > before.progress.outTimeUs()
                    || progress.frames() > before.progress.frames()) {
                advanced = block;
            }
            leadUs = Math.max(leadUs, progress.outTimeUs() - nowNs / 1_000);
            recent.addLast(block);
        }
        while (recent.size() > 2
                && (recent.size() > BLOCKS_MAX || nowNs - second().atNs >= WINDOW.toNanos())) {
            recent.removeFirst();
        }
    }

    private Block second() {
        var blocks = recent.iterator();
        blocks.next();
        return blocks.next();
    }

    /// The newest block, or null before the first with a frame in it.
    public synchronized @Nullable Progress latest() {
        Block last = recent.peekLast();
        return last == null ? null : last.progress;
    }

    /// Nanoseconds since the output last grew; -1 before the first frame.
    public synchronized long sinceAdvanceNs(long nowNs) {
        return advanced == null ? -1 : nowNs - advanced.atNs;
    }

    /// Frames per second, NaN if not known yet.
    public synchronized double fps(long nowNs) {
        Block first = recent.peekFirst();
        Block last = recent.peekLast();
        return first == null || last == null
                ? Double.NaN
                : perSecond(last.progress.frames() - first.progress.frames(), nowNs);
    }

    /// Media seconds written per second, NaN if not known yet.
    public synchronized double speed(long nowNs) {
        Block first = recent.peekFirst();
        Block last = recent.peekLast();
        return first == null || last == null
                ? Double.NaN
                : perSecond(last.progress.outTimeUs() - first.progress.outTimeUs(), nowNs) / 1e6;
    }

    /// Bits written per second, NaN if not known.
    public synchronized double bitrateBps(long nowNs) {
        Block first = recent.peekFirst();
        Block last = recent.peekLast();
        return first == null || last == null || last.progress.outputBytes() < 0
                ? Double.NaN
                : perSecond(
                        8 * (last.progress.outputBytes() - first.progress.outputBytes()), nowNs);
    }

    /// Seconds that the output is behind its best, NaN before the first frame.
    public synchronized double lagSeconds(long nowNs) {
        Block last = recent.peekLast();
        if (last == null) {
            return Double.NaN;
        }
        long silentNs = nowNs - last.atNs;
        long untilNs = silentNs > SILENCE_NS ? nowNs : last.atNs;
        return Math.max(0, (leadUs - (last.progress.outTimeUs() - untilNs / 1_000)) / 1e6);
    }

    private double perSecond(long difference, long nowNs) {
        Block first = recent.getFirst();
        Block last = recent.getLast();
        long untilNs = nowNs - last.atNs > SILENCE_NS ? nowNs : last.atNs;
        long fromNs = first.atNs;
        if (untilNs - fromNs > 2 * WINDOW.toNanos()) {
            return 0; // nothing was written for longer than the window
        }
        return untilNs - fromNs < 900_000_000L ? Double.NaN : difference * 1e9 / (untilNs - fromNs);
    }
}

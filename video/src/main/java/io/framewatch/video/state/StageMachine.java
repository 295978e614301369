package io.framewatch.video.state;

import java.util.ArrayDeque;
import java.util.Deque;

/// The state machine of one stage's run. Not thread safe.
///
/// Speed and frame rate are differences over the last [#WINDOW_MS], because the fields of ffmpeg
/// are averages over the life of the process.
final class StageMachine {

    /// Over how long speed and frame rate are measured, milliseconds.
    static final long WINDOW_MS = 5_000;

    /// Without new media for this long a running stage is stalled, milliseconds.
    static final long STALL_MS = 5_000;

    /// A young process is given this long before it is judged, milliseconds.
    static final long WARM_UP_MS = 5_000;

    /// Slower than this many media seconds per second is slow.
    static final double SPEED_LOW = 0.9;

    /// How long a stage must be slow before it is believed, and fast before it is again,
    /// milliseconds.
    static final long SLOW_HOLD_MS = 3_000;

    private final Deque<StageReport> recent = new ArrayDeque<>();
    private StageReport report;
    private StageState state;
    private long sinceMs;
    private long processSinceMs;
    private long progressAtMs;
    private long differsSinceMs;

    StageMachine(StageReport first) {
        this.report = first;
        this.sinceMs = first.atMs();
        this.processSinceMs = first.atMs();
        this.progressAtMs = first.atMs();
        recent.addLast(first);
        this.state = candidate();
    }

    void take(StageReport next) {
        boolean newProcess = next.pid() != report.pid() || next.outTimeMs() < report.outTimeMs();
        if (newProcess) {
            recent.clear();
            processSinceMs = next.atMs();
        }
        if (newProcess || next.outTimeMs() > report.outTimeMs()) {
            progressAtMs = next.atMs();
        }
        report = next;
        recent.addLast(next);
        while (recent.size() > 2 && recent.getFirst().atMs() < next.atMs() - WINDOW_MS) {
            recent.removeFirst();
        }
        settle();
    }

    private void settle() {
        StageState candidate = candidate();
        long nowMs = report.atMs();
        if (candidate == state) {
            differsSinceMs = 0;
            return;
        }
        if (differsSinceMs == 0) {
            differsSinceMs = nowMs;
        }
        boolean gentle = isGentle(candidate) && isGentle(state);
        if (!gentle || nowMs - differsSinceMs >= SLOW_HOLD_MS) {
            sinceMs = onset(candidate);
            state = candidate;
            differsSinceMs = 0;
        }
    }

    private static boolean isGentle(StageState state) {
        return state == StageState.UP || state == StageState.SLOW;
    }

    /// A stall began when media last passed, a slowness when it was first seen.
    private long onset(StageState candidate) {
        return switch (candidate) {
            case STALLED -> progressAtMs;
            case SLOW -> differsSinceMs;
            case UP, STOPPED, DOWN -> report.atMs();
        };
    }

    private StageState candidate() {
        long nowMs = report.atMs();
        if (report.pid() == 0 || report.processState() == 'Z' || report.processState() == 'X') {
            return StageState.DOWN;
        }
        if (report.processState() == 'T') {
            return StageState.STOPPED;
        }
        boolean warm = nowMs - processSinceMs >= WARM_UP_MS;
        if (warm && nowMs - progressAtMs >= STALL_MS) {
            return StageState.STALLED;
        }
        return warm && speed() < SPEED_LOW ? StageState.SLOW : StageState.UP;
    }

    private double speed() {
        return perSecond(last().outTimeMs() - first().outTimeMs()) / 1000;
    }

    private double perSecond(long difference) {
        long elapsedMs = last().atMs() - first().atMs();
        return elapsedMs < 1_000 ? Double.NaN : 1000.0 * difference / elapsedMs;
    }

    private StageReport first() {
        return recent.getFirst();
    }

    private StageReport last() {
        return recent.getLast();
    }

    StageStatus status() {
        boolean cpuKnown = last().cpuMs() >= 0 && first().cpuMs() >= 0;
        return new StageStatus(
                state,
                sinceMs,
                speed(),
                perSecond(last().frames() - first().frames()),
                cpuKnown ? perSecond(last().cpuMs() - first().cpuMs()) / 1000 : Double.NaN,
                report);
    }
}

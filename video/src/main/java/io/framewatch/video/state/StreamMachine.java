package io.framewatch.video.state;

import io.framewatch.video.inventory.VideoStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The state machine of one stream. Not thread safe.
///
/// A verdict becomes the state when it has stood for its hold time. What overrides it (maintenance,
/// a parent that is down, no readings) takes effect at once.
final class StreamMachine {

    private final VideoStream stream;
    private final StateRules rules;
    private final Judge judge;
    private final History history;
    private final Deque<Long> losses = new ArrayDeque<>();
    private final long bornMs;
    private long firstAskedMs;
    private StreamReading reading;
    private Reason reason = Reason.NOT_WATCHED;
    private Judge.@Nullable Verdict pending;
    private long pendingSinceMs;
    private long parentDownSinceMs;
    private long inServiceUntilMs;
    private long inServiceSinceMs;

    StreamMachine(VideoStream stream, StateRules rules, long nowMs) {
        this.stream = stream;
        this.rules = rules;
        this.judge = new Judge(rules);
        this.history = new History(StreamState.UNKNOWN, nowMs);
        this.reading = StreamReading.of(stream.id(), 0, Arrival.NONE_YET, "", 0);
        this.bornMs = nowMs;
    }

    void observe(StreamReading next) {
        if (firstAskedMs == 0) {
            firstAskedMs = next.atMs();
        }
        reading = next;
    }

    void parentDown(long sinceMs) {
        parentDownSinceMs = sinceMs;
    }

    void inService(long sinceMs, long untilMs) {
        inServiceSinceMs = sinceMs;
        inServiceUntilMs = untilMs;
    }

    /// Brings the state up to `nowMs`; the change, or null if there is none.
    @Nullable StateChange settle(long nowMs) {
        StreamState before = history.state();
        Judge.Verdict override = override(nowMs);
        if (override != null) {
            pending = null;
            become(override);
        } else {
            consider(judge.judge(reading, stream, firstAskedMs), nowMs);
        }
        StreamState after = history.state();
        return before == after
                ? null
                : new StateChange(stream.id(), before, after, nowMs, history.sinceMs(), reason);
    }

    private Judge.@Nullable Verdict override(long nowMs) {
        if (nowMs < inServiceUntilMs) {
            return new Judge.Verdict(
                    StreamState.MAINTENANCE, Reason.IN_SERVICE, inServiceSinceMs, 0);
        }
        if (parentDownSinceMs > 0) {
            return new Judge.Verdict(StreamState.UNKNOWN, Reason.PARENT_DOWN, parentDownSinceMs, 0);
        }
        if (reading.atMs() == 0) {
            return new Judge.Verdict(StreamState.UNKNOWN, Reason.NOT_WATCHED, bornMs, 0);
        }
        if (nowMs - reading.atMs() > rules.silenceMs()) {
            return new Judge.Verdict(StreamState.UNKNOWN, Reason.NOT_WATCHED, reading.atMs(), 0);
        }
        return null;
    }

    private void consider(Judge.Verdict verdict, long nowMs) {
        if (verdict.state() == history.state()) {
            pending = null;
            reason = verdict.reason();
            return;
        }
        if (pending == null || pending.state() != verdict.state()) {
            pendingSinceMs = nowMs;
            pending = verdict;
        }
        if (nowMs - pendingSinceMs < hold(verdict)) {
            return;
        }
        Judge.Verdict settled = pending.reason() == verdict.reason() ? pending : verdict;
        pending = null;
        if (settled.state() == StreamState.OFFLINE && lossesInWindow(nowMs) >= rules.flapsMax()) {
            become(new Judge.Verdict(StreamState.FLAPPING, Reason.COMES_AND_GOES, nowMs, 0));
        } else {
            become(settled);
        }
    }

    /// A stream of which nothing was known needs no hold; one that recovers waits the longer of its
    /// old state's and its new state's time.
    private long hold(Judge.Verdict verdict) {
        return switch (history.state()) {
            case UNKNOWN, CONNECTING, MAINTENANCE -> 0;
            case FLAPPING -> rules.flapCalmMs();
            case DEGRADED ->
                    verdict.state() == StreamState.LIVE ? rules.degradedHoldMs() : verdict.holdMs();
            case LIVE, FROZEN, BLACK, OFFLINE, TAMPERED -> verdict.holdMs();
        };
    }

    private int lossesInWindow(long nowMs) {
        if (history.state() == StreamState.CONNECTING || history.state() == StreamState.UNKNOWN) {
            return 0;
        }
        losses.addLast(nowMs);
        while (losses.getFirst() <= nowMs - rules.flapWindowMs()) {
            losses.removeFirst();
        }
        return losses.size();
    }

    private void become(Judge.Verdict verdict) {
        reason = verdict.reason();
        history.enter(verdict.state(), verdict.sinceMs());
    }

    StreamStatus status(long nowMs) {
        return new StreamStatus(
                stream.id(),
                history.state(),
                history.sinceMs(),
                reason,
                reading.newestMediaAtMs(),
                reading,
                history.intervals(nowMs));
    }
}

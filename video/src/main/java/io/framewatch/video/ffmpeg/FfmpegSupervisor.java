package io.framewatch.video.ffmpeg;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps one ffmpeg running: starts it, starts it again when it ends, and when its output resumes
/// after a gap. [#tick()] does the work and is called a few times a second. Thread safe.
public final class FfmpegSupervisor implements AutoCloseable {

    /// How long a process gets to finish when it is asked to.
    public static final Duration GRACE = Duration.ofSeconds(2);

    /// A process counts as stopped when it has been for this long and has written nothing for twice
    /// as long: one that is stopped and continued many times a second is slow, not stopped.
    private static final long STOPPED_NS = Duration.ofSeconds(1).toNanos();

    private final StageId stage;
    private final Supplier<FfmpegCommand> command;
    private final Children children;
    private final StageLog log;
    private final RestartPolicy policy;
    private final Consumer<StageEvent> events;
    private final Clock clock;
    private final LogCounts counts = new LogCounts();
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable FfmpegProcess process;
    private boolean held;
    private boolean closed;
    private boolean begun;
    private int restarts;
    private int attempt;
    private long startAtNs;
    private boolean inGap;
    private long gapNs;
    private long stoppedSinceNs = -1;
    private String lastEnd = "";
    private Progress before = new Progress(0, 0, 0, 0, 0, false);
    private List<String> lastLog = List.of();

    /// A supervisor that starts its process with the first tick. `command` is asked anew for each
    /// process; `events` is called by the thread that ticks, restarts or closes.
    public FfmpegSupervisor(
            StageId stage,
            Supplier<FfmpegCommand> command,
            Children children,
            StageLog log,
            RestartPolicy policy,
            Consumer<StageEvent> events,
            Clock clock) {
        this.stage = stage;
        this.command = command;
        this.children = children;
        this.log = log;
        this.policy = policy;
        this.events = events;
        this.clock = clock;
        this.startAtNs = clock.nanoTime();
    }

    /// Whose process this is.
    public StageId stage() {
        return stage;
    }

    /// Lines logged so far.
    public LogCounts logCounts() {
        return counts;
    }

    /// Looks after the process: notices its end, starts it when it is time, restarts it after a
    /// gap.
    public void tick() {
        lock.lock();
        try {
            long nowNs = clock.nanoTime();
            FfmpegProcess running = process;
            if (running != null && !running.isAlive()) {
                ended(running, nowNs);
            } else if (running != null) {
                lookAt(running, nowNs);
            }
            if (process == null && !held && !closed && nowNs - startAtNs >= 0) {
                start("after " + (lastEnd.isEmpty() ? "its end" : lastEnd));
            }
        } finally {
            lock.unlock();
        }
    }

    private void lookAt(FfmpegProcess running, long nowNs) {
        boolean stopped = running.state().isStopped();
        if (!stopped) {
            stoppedSinceNs = -1;
        } else if (stoppedSinceNs < 0) {
            stoppedSinceNs = nowNs;
        }
        long standsNs = running.meter().sinceAdvanceNs(nowNs);
        boolean gap = standsNs > policy.gap().toNanos();
        if (gap) {
            gapNs = standsNs;
        } else if (inGap && standsNs >= 0 && !policy.gap().isZero()) {
            restart("after a gap of %.0f s in its output".formatted(gapNs / 1e9));
            return;
        }
        inGap = gap;
    }

    private void ended(FfmpegProcess gone, long nowNs) {
        forget(gone);
        if (gone.ageNs() >= policy.settledAfter().toNanos()) {
            attempt = 0;
        }
        startAtNs = nowNs + policy.delay(attempt++).toNanos();
        tell(StageEvent.Kind.ENDED, lastEnd);
    }

    /// Keeps what the process had counted.
    private void forget(FfmpegProcess gone) {
        Progress last = gone.meter().latest();
        if (last != null) {
            before = sum(before, last);
        }
        lastEnd = gone.end();
        lastLog = gone.lastLog();
        process = null;
        inGap = false;
        stoppedSinceNs = -1;
    }

    private static Progress sum(Progress a, Progress b) {
        return new Progress(
                a.frames() + Math.max(0, b.frames()),
                a.outTimeUs() + Math.max(0, b.outTimeUs()),
                a.outputBytes() + Math.max(0, b.outputBytes()),
                a.duplicatedFrames() + Math.max(0, b.duplicatedFrames()),
                a.droppedFrames() + Math.max(0, b.droppedFrames()),
                false);
    }

    private void start(String why) {
        try {
            process = FfmpegProcess.start(children, command.get(), stage, log, counts, clock);
        } catch (FaultException e) {
            startAtNs = clock.nanoTime() + policy.delay(attempt++).toNanos();
            tell(StageEvent.Kind.FAILED, e.fault().message());
            return;
        }
        if (begun) {
            restarts++;
            tell(StageEvent.Kind.RESTARTED, why);
        } else {
            begun = true;
            tell(StageEvent.Kind.STARTED, "");
        }
    }

    private void tell(StageEvent.Kind kind, String detail) {
        events.accept(new StageEvent(clock.nowMs(), stage, kind, detail));
    }

    /// Ends the process and starts another at once; `why` as in "after a gap of 5 s". Does nothing
    /// while the process is held down.
    public void restart(String why) {
        lock.lock();
        try {
            FfmpegProcess running = process;
            if (running != null) {
                running.stop(GRACE);
                forget(running);
            }
            if (!held && !closed) {
                start(why);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Keeps the process from being started until [#release()]; one that runs goes on.
    public void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    /// Lets the process be started again, with the next tick.
    public void release() {
        lock.lock();
        try {
            held = false;
            attempt = 0;
            startAtNs = clock.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /// Sends the process a signal; answers whether there was one.
    public boolean signal(ProcessSignal signal) {
        FfmpegProcess running = running();
        return running != null && running.signal(signal);
    }

    /// Sends a command to the filters of that name; answers whether the process took it.
    public boolean filterCommand(String filter, String text) {
        FfmpegProcess running = running();
        return running != null && running.filterCommand(filter, text);
    }

    /// The process of now, which may have ended a moment ago; null if there is none.
    private @Nullable FfmpegProcess running() {
        lock.lock();
        try {
            return process;
        } finally {
            lock.unlock();
        }
    }

    /// Media seconds per second that the process writes now; NaN if unknown.
    public double speed() {
        FfmpegProcess running = running();
        return running == null ? Double.NaN : running.meter().speed(clock.nanoTime());
    }

    /// All that is known now.
    public StageSnapshot snapshot() {
        lock.lock();
        try {
            FfmpegProcess running = process;
            boolean alive = running != null && running.isAlive();
            return running == null || !alive ? downNow() : runningNow(running);
        } finally {
            lock.unlock();
        }
    }

    private StageSnapshot downNow() {
        FfmpegProcess gone = process;
        Progress last = gone == null ? null : gone.meter().latest();
        Progress total = last == null ? before : sum(before, last);
        return new StageSnapshot(
                stage,
                clock.nowMs(),
                0,
                ProcessState.NONE,
                0,
                0,
                0,
                total.frames(),
                total.outputBytes(),
                total.duplicatedFrames(),
                total.droppedFrames(),
                begun ? 0 : Double.NaN,
                begun ? 0 : Double.NaN,
                Double.NaN,
                Double.NaN,
                restarts,
                gone == null ? lastEnd : gone.end(),
                gone == null ? lastLog : gone.lastLog());
    }

    private StageSnapshot runningNow(FfmpegProcess running) {
        long nowNs = clock.nanoTime();
        Progress latest = running.meter().latest();
        Progress total = latest == null ? before : sum(before, latest);
        List<String> lines = running.lastLog();
        return new StageSnapshot(
                stage,
                clock.nowMs(),
                running.pid(),
                settled(running, nowNs),
                running.ageNs() / 1_000_000,
                latest == null ? 0 : Math.max(0, latest.frames()),
                latest == null ? 0 : Math.max(0, latest.outTimeUs() / 1_000),
                total.frames(),
                total.outputBytes(),
                total.duplicatedFrames(),
                total.droppedFrames(),
                running.meter().fps(nowNs),
                running.meter().speed(nowNs),
                running.meter().bitrateBps(nowNs),
                running.meter().lagSeconds(nowNs),
                restarts,
                lastEnd,
                lines.isEmpty() ? lastLog : lines);
    }

    private ProcessState settled(FfmpegProcess running, long nowNs) {
        ProcessState now = running.state();
        boolean shortly = stoppedSinceNs < 0 || nowNs - stoppedSinceNs < STOPPED_NS;
        long standsNs = running.meter().sinceAdvanceNs(nowNs);
        boolean writes = standsNs >= 0 && standsNs < 2 * STOPPED_NS;
        return now.isStopped() && (shortly || writes)
                ? new ProcessState('S', now.cpuMs(), now.residentBytes())
                : now;
    }

    /// Ends the process for good.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            FfmpegProcess running = process;
            if (running != null) {
                running.stop(GRACE);
                forget(running);
            }
        } finally {
            lock.unlock();
        }
    }
}

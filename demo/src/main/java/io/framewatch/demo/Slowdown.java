package io.framewatch.demo;

import io.framewatch.model.Tasks;
import io.framewatch.video.ffmpeg.FfmpegSupervisor;
import io.framewatch.video.ffmpeg.ProcessSignal;
import io.framewatch.video.ffmpeg.StageSnapshot;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;

/// Gives a process so little time that it falls behind: some times a second it is continued for
/// some milliseconds and stopped again. How many is steered by the speed that comes of it, so that
/// a fast machine is slowed down as much as a slow one. Thread safe.
final class Slowdown implements AutoCloseable {

    /// Media seconds per second aimed at.
    private static final double SPEED = 0.55;

    /// Long enough that the delays of a busy machine matter little, short enough that what arrives
    /// meanwhile fits into the socket's buffer.
    private static final Duration PERIOD = Duration.ofMillis(400);

    private static final Duration STEER_EVERY = Duration.ofSeconds(2);
    private static final long SHORTEST_US = 1_000;
    private static final long LONGEST_US = 300_000;
    private static final long FIRST_US = 16_000;

    private final FfmpegSupervisor stage;
    private final Tasks tasks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Future<?> periods;
    private final Future<?> steering;
    private StageSnapshot before;
    private boolean ended;
    private long runUs;

    private Slowdown(FfmpegSupervisor stage, Tasks tasks) {
        this.stage = stage;
        this.tasks = tasks;
        this.before = stage.snapshot();
        this.runUs = firstGuess(before);
        this.periods = tasks.every("slow", Duration.ZERO, PERIOD, this::period);
        this.steering = tasks.every("steer", STEER_EVERY, STEER_EVERY, this::steer);
    }

    /// Begins to slow a stage down.
    static Slowdown start(FfmpegSupervisor stage, Tasks tasks) {
        return new Slowdown(stage, tasks);
    }

    /// A process that has kept up until now on a part of a core needs that part of each period.
    private static long firstGuess(StageSnapshot now) {
        boolean known = now.process().cpuMs() > 0 && now.uptimeMs() > 5_000;
        double part = known ? (double) now.process().cpuMs() / now.uptimeMs() : 0;
        return known ? bounded(Math.round(part * SPEED * PERIOD.toMillis() * 1_000)) : FIRST_US;
    }

    private static long bounded(long us) {
        return Math.clamp(us, SHORTEST_US, LONGEST_US);
    }

    private void period() {
        long forUs;
        lock.lock();
        try {
            if (ended) {
                return;
            }
            stage.signal(ProcessSignal.CONT);
            forUs = runUs;
        } finally {
            lock.unlock();
        }
        tasks.after("stop", Duration.ofNanos(forUs * 1_000), this::stop);
    }

    private void stop() {
        lock.lock();
        try {
            if (!ended) {
                stage.signal(ProcessSignal.STOP);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Aims at the speed with half of the correction that the last two seconds call for, because
    /// progress is reported in steps of half a second.
    private void steer() {
        StageSnapshot now = stage.snapshot();
        lock.lock();
        try {
            double mediaMs = now.outTimeMs() - before.outTimeMs();
            double speed = mediaMs / Math.max(1, now.atMs() - before.atMs());
            if (now.pid() == before.pid()) {
                double correction = Math.clamp(SPEED / Math.max(speed, 0.01), 0.3, 3);
                runUs = bounded(Math.round(runUs * Math.sqrt(correction)));
            }
            before = now;
        } finally {
            lock.unlock();
        }
    }

    /// Lets the process run as it likes again.
    @Override
    public void close() {
        periods.cancel(false);
        steering.cancel(false);
        lock.lock();
        try {
            ended = true;
            stage.signal(ProcessSignal.CONT);
        } finally {
            lock.unlock();
        }
    }
}

package io.framewatch.model;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Repeated and delayed work: one timer thread that starts each run on a virtual thread of its own.
/// A run that is still going when the next is due makes that one be skipped, so slow work never
/// piles up. Thread safe.
public final class Tasks implements AutoCloseable {

    private final ScheduledExecutorService timer;

    /// Starts the timer; `name` names its thread.
    public Tasks(String name) {
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(name + "-timer").daemon().factory());
    }

    /// Runs `work` after `initialDelay` and then every `period`, until the returned future is
    /// cancelled or this is closed. An exception ends that run only and goes to the thread's
    /// uncaught-exception handler.
    public Future<?> every(String name, Duration initialDelay, Duration period, Runnable work) {
        AtomicBoolean running = new AtomicBoolean();
        Runnable start =
                () -> {
                    if (running.compareAndSet(false, true)) {
                        Thread.ofVirtual().name(name).start(() -> runOnce(work, running));
                    }
                };
        return timer.scheduleAtFixedRate(
                start, initialDelay.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Runs `work` once after `delay`.
    public Future<?> after(String name, Duration delay, Runnable work) {
        return timer.schedule(
                () -> Thread.ofVirtual().name(name).start(work),
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private static void runOnce(Runnable work, AtomicBoolean running) {
        try {
            work.run();
        } finally {
            running.set(false);
        }
    }

    /// Starts nothing more; runs under way go on to their end.
    @Override
    public void close() {
        timer.shutdownNow();
    }
}

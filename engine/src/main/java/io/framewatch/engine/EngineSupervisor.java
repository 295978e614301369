package io.framewatch.engine;

import io.framewatch.engine.EngineStatus.State;
import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps an engine process running: starts it, starts it again with growing pauses when it ends,
/// and ends it with this process, even if this process is killed. Thread safe.
public final class EngineSupervisor implements AutoCloseable {

    private static final Duration PAUSE_MIN = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    /// A process that lived this long starts with the shortest pause again.
    private static final Duration STEADY = Duration.ofSeconds(10);

    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    private final EngineOptions options;
    private final List<String> command;
    private final Clock clock;
    private final Consumer<String> log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    private EngineStatus status;
    private @Nullable Process process;
    private boolean stopping;

    private EngineSupervisor(
            EngineOptions options, List<String> command, Clock clock, Consumer<String> log) {
        this.options = options;
        this.command = command;
        this.clock = clock;
        this.log = log;
        this.status = new EngineStatus(State.STARTING, 0, clock.nowMs(), 0, "");
        this.thread =
                Thread.ofPlatform().name("engine-supervisor").daemon().unstarted(this::supervise);
    }

    /// Starts an engine as a child that runs this program's Java and class path. `log` receives
    /// each line the engine writes, without its end, from one thread.
    public static EngineSupervisor start(EngineOptions options, Clock clock, Consumer<String> log) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        // Little heap: all data is native. One collector thread: two cores are to do the queries.
        command.addAll(
                List.of(
                        "-Xms8m",
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:MaxHeapFreeRatio=40",
                        "-XX:-ShrinkHeapInSteps",
                        "-XX:+UseCompactObjectHeaders",
                        // The class archive where it was made for: else every page of it is copied.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:ArchiveRelocationMode=0",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxDirectMemorySize=64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EngineMain.class.getName()));
        command.addAll(options.arguments());
        EngineSupervisor supervisor = new EngineSupervisor(options, command, clock, log);
        supervisor.thread.start();
        return supervisor;
    }

    /// Where the engine answers.
    public Path socket() {
        return options.socket();
    }

    /// How it is.
    public EngineStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it answers. Throws `engine_not_ready` after `patience`, with its last words.
    public void awaitReady(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (status.state() != State.READY && left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
            if (status.state() != State.READY) {
                throw new FaultException(notReady());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FaultException(notReady(), stopped);
        } finally {
            lock.unlock();
        }
    }

    private Fault notReady() {
        String words = status.lastWords();
        return Fault.operator(
                "engine_not_ready",
                "The engine has not started" + (words.isEmpty() ? "." : "; it says: " + words),
                "Look at the server's log; free memory or disk if it says so.");
    }

    private void supervise() {
        Duration pause = PAUSE_MIN;
        while (!stopped()) {
            long started = clock.nanoTime();
            try {
                runOnce();
            } catch (IOException failed) {
                told("cannot be started: " + failed);
            }
            boolean steady = clock.nanoTime() - started > STEADY.toNanos();
            pause = steady ? PAUSE_MIN : pause;
            pauseFor(pause);
            pause =
                    pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0
                            ? PAUSE_MAX
                            : pause.multipliedBy(2);
        }
        become(State.STOPPED, 0, 0);
    }

    private boolean stopped() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void pauseFor(Duration pause) {
        become(State.WAITING, 0, 1);
        lock.lock();
        try {
            long left = pause.toNanos();
            while (left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            stopping = true;
        } finally {
            lock.unlock();
        }
    }

    /// Starts a process and returns when it has ended.
    private void runOnce() throws IOException {
        Process child = new ProcessBuilder(command).start();
        lock.lock();
        try {
            process = child;
            if (stopping) {
                child.destroyForcibly();
            }
        } finally {
            lock.unlock();
        }
        become(State.STARTING, child.pid(), 0);
        Thread errors =
                Thread.ofPlatform()
                        .daemon()
                        .name("engine-errors")
                        .start(() -> readLines(child.getErrorStream(), false));
        readLines(child.getInputStream(), true);
        try {
            int exit = child.waitFor();
            errors.join();
            told("process " + child.pid() + " ended with status " + exit);
        } catch (InterruptedException stop) {
            child.destroyForcibly();
            lock.lock();
            try {
                stopping = true;
            } finally {
                lock.unlock();
            }
        }
    }

    private void readLines(InputStream stream, boolean output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (output && line.equals(EngineMain.READY)) {
                    become(State.READY, status().pid(), 0);
                } else {
                    told(line);
                }
            }
        } catch (IOException ended) {
            // The process has ended; its status tells how.
        }
    }

    private void told(String line) {
        lock.lock();
        try {
            status =
                    new EngineStatus(
                            status.state(),
                            status.pid(),
                            status.sinceMs(),
                            status.restarts(),
                            line);
        } finally {
            lock.unlock();
        }
        log.accept(line);
    }

    private void become(State state, long pid, int moreRestarts) {
        lock.lock();
        try {
            long restarts = status.restarts() + moreRestarts;
            status = new EngineStatus(state, pid, clock.nowMs(), restarts, status.lastWords());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the engine: asks it, and kills it after ten seconds.
    @Override
    public void close() {
        Process child;
        lock.lock();
        try {
            stopping = true;
            child = process;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (child != null) {
            end(child);
        }
        try {
            thread.join(STOP_MAX);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process child) {
        try {
            // The end of its standard input is what it stops at.
            child.getOutputStream().close();
            if (!child.waitFor(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly();
            }
        } catch (IOException alreadyEnded) {
            child.destroyForcibly();
        } catch (InterruptedException hurried) {
            child.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

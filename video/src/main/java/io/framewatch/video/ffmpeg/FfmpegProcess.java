package io.framewatch.video.ffmpeg;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One run of ffmpeg: its progress and its log are read as they come. Thread safe.
public final class FfmpegProcess {

    /// Newest lines of log kept.
    public static final int LAST_LOG_LINES_MAX = 5;

    /// Lines passed on to the [StageLog] each second; all are counted.
    public static final int LOG_LINES_PER_SECOND_MAX = 100;

    /// Longest line passed to a child as a filter command, characters.
    public static final int COMMAND_CHARS_MAX = 200;

    private static final int SIGNAL_EXIT_BASE = 128;

    private final Process process;
    private final StageId stage;
    private final StageLog log;
    private final LogCounts counts;
    private final Clock clock;
    private final long startedNs;
    private final ProgressMeter meter = new ProgressMeter();
    private final ProgressParser parser = new ProgressParser();
    private final FfmpegLogClassifier classifier = new FfmpegLogClassifier();
    private final Deque<String> lastLog = new ArrayDeque<>();
    private long logSecond;
    private int logLines;

    private FfmpegProcess(
            Process process, StageId stage, StageLog log, LogCounts counts, Clock clock) {
        this.process = process;
        this.stage = stage;
        this.log = log;
        this.counts = counts;
        this.clock = clock;
        this.startedNs = clock.nanoTime();
    }

    /// Starts ffmpeg. Throws `FaultException` as [Children#start] does.
    public static FfmpegProcess start(
            Children children,
            FfmpegCommand command,
            StageId stage,
            StageLog log,
            LogCounts counts,
            Clock clock) {
        ProcessBuilder builder =
                new ProcessBuilder(command.words()).directory(command.folder().toFile());
        builder.environment().put("AV_LOG_FORCE_NOCOLOR", "1");
        FfmpegProcess started =
                new FfmpegProcess(children.start(builder), stage, log, counts, clock);
        started.readOutputs();
        if (!command.takesCommands()) {
            started.closeInput();
        }
        return started;
    }

    private void readOutputs() {
        Thread.ofPlatform()
                .daemon()
                .name(stage.runId() + "-progress")
                .start(() -> BoundedLines.read(process.getInputStream(), this::progressLine));
        Thread.ofPlatform()
                .daemon()
                .name(stage.runId() + "-log")
                .start(() -> BoundedLines.read(process.getErrorStream(), this::logLine));
    }

    private void progressLine(String line) {
        Progress progress = parser.feed(line);
        if (progress != null) {
            meter.take(progress, clock.nanoTime());
        }
    }

    private void logLine(String line) {
        FfmpegLogClassifier.Line read = classifier.classify(line);
        counts.count(read.level(), read.signature());
        synchronized (lastLog) {
            lastLog.addLast(read.message());
            if (lastLog.size() > LAST_LOG_LINES_MAX) {
                lastLog.removeFirst();
            }
        }
        if (mayPass()) {
            log.take(
                    new StageLogRecord(
                            clock.nowMs(),
                            stage,
                            pid(),
                            read.level(),
                            read.signature(),
                            read.component(),
                            read.message()));
        }
    }

    /// Only called by the thread that reads the log.
    private boolean mayPass() {
        long second = TimeUnit.NANOSECONDS.toSeconds(clock.nanoTime());
        if (second != logSecond) {
            logSecond = second;
            logLines = 0;
        }
        return ++logLines <= LOG_LINES_PER_SECOND_MAX;
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended already: there is no input left to close
        }
    }

    /// Its process id.
    public long pid() {
        return process.pid();
    }

    /// Whether it has not ended; a stopped process is alive.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// What the system says of it.
    public ProcessState state() {
        return isAlive() ? ProcessState.of(pid()) : ProcessState.NONE;
    }

    /// What it has written, and how fast.
    public ProgressMeter meter() {
        return meter;
    }

    /// How long ago it was started, nanoseconds.
    public long ageNs() {
        return clock.nanoTime() - startedNs;
    }

    /// Its newest lines of log, newest last.
    public List<String> lastLog() {
        synchronized (lastLog) {
            return List.copyOf(lastLog);
        }
    }

    /// How it ended: `signal 9`, `exit 1`; empty while it runs.
    public String end() {
        if (isAlive()) {
            return "";
        }
        int status = process.exitValue();
        return status > SIGNAL_EXIT_BASE && status < SIGNAL_EXIT_BASE + 65
                ? "signal " + (status - SIGNAL_EXIT_BASE)
                : "exit " + status;
    }

    /// Sends a signal; answers whether it was alive to take it.
    public boolean signal(ProcessSignal signal) {
        return isAlive() && signal.send(pid());
    }

    /// Sends a command to the filters of that name, such as `streamselect`, `map 1`. The process
    /// must have been started with [FfmpegCommand#takesCommands()].
    ///
    /// @return whether the process took it
    public boolean filterCommand(String filter, String command) {
        String line = "C" + filter + " -1 " + command + "\n";
        if (line.length() > COMMAND_CHARS_MAX || line.indexOf('\n') < line.length() - 1) {
            throw new IllegalArgumentException("not one line of at most " + COMMAND_CHARS_MAX);
        }
        try {
            process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Asks it to finish, and kills it if it has not within `grace`. Returns when it has ended.
    public void stop(Duration grace) {
        signal(ProcessSignal.CONT);
        signal(ProcessSignal.TERM);
        try {
            if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for its end; answers whether it came within `atMost`.
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}

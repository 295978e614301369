package io.framewatch.video.ffmpeg;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Lazy;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Starts child processes of which none outlives this one. Thread safe.
///
/// - This program ends in good order, or by Ctrl-C or `SIGTERM`: a shutdown hook kills what is
///   left. Children stand in sessions of their own, so the terminal's Ctrl-C reaches only us.
/// - This program is killed, or its machine runs out of memory: the kernel kills each child when
///   its parent ends (`PR_SET_PDEATHSIG`, prctl(2)), set by `setpriv`. That also ends a child that
///   is stopped. The kernel watches the *thread* that started the child, so one thread starts them
///   all and stays as long as the program. A shell then checks that the parent was still there,
///   which closes the gap between start and `prctl`.
/// - Without `setpriv`: beside each child waits a shell that reads from us. When its input ends
///   because we did, it kills the child.
public final class Children implements AutoCloseable {

    /// Most children alive at a time.
    public static final int CHILDREN_MAX = 512;

    private static final String STILL_OURS = "[ \"$PPID\" = \"$0\" ] || exit 75; exec \"$@\"";

    private static final String GUARD =
            "trap '' INT TERM HUP; while read -r line; do :; done; kill -9 \"$1\"";

    private final Set<Process> alive = ConcurrentHashMap.newKeySet();
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("child-starter").daemon().factory());
    private final Thread hook = Thread.ofPlatform().name("child-ender").unstarted(this::killAll);
    private final Lazy<Machine> machine;
    private volatile boolean closed;

    /// What this machine offers.
    ///
    /// @param prefix words before every command
    /// @param guarded whether a child needs a guard that ends it with us
    private record Machine(List<String> prefix, boolean guarded) {}

    /// Registers the shutdown hook; what the machine offers is found out for the first child.
    public Children() {
        this(true);
    }

    /// For tests: `setpriv` may be left unused.
    Children(boolean useSetpriv) {
        this.machine = new Lazy<>(() -> machine(useSetpriv));
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static Machine machine(boolean useSetpriv) {
        boolean setpriv = useSetpriv && works("setpriv", "--pdeathsig", "KILL", "true");
        return new Machine(prefix(setpriv), !setpriv);
    }

    private static List<String> prefix(boolean setpriv) {
        List<String> words = new ArrayList<>();
        if (onPath("setsid") != null) {
            words.add("setsid");
        }
        if (setpriv) {
            words.addAll(List.of("setpriv", "--pdeathsig", "KILL"));
            String self = Long.toString(ProcessHandle.current().pid());
            words.addAll(List.of("sh", "-c", STILL_OURS, self));
        }
        return List.copyOf(words);
    }

    /// The program of that name on the `PATH`, or null.
    static @Nullable Path onPath(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            Path file = folder.isEmpty() ? null : Path.of(folder, program);
            if (file != null && Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        return null;
    }

    private static boolean works(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Starts what `builder` describes; its process id is the child's own.
    ///
    /// Throws [FaultException] with code `child_not_started` if the system refuses, `child_limit`
    /// if too many run.
    public Process start(ProcessBuilder builder) {
        if (closed) {
            throw new FaultException(
                    Fault.later("child_limit", "The program is ending.", "Start it again."));
        }
        if (alive.size() >= CHILDREN_MAX) {
            throw new FaultException(
                    Fault.later(
                            "child_limit",
                            CHILDREN_MAX + " child processes run already.",
                            "Watch fewer streams on this machine."));
        }
        Machine offers = machine.get();
        List<String> command = new ArrayList<>(offers.prefix());
        command.addAll(builder.command());
        builder.command(command);
        Process process = startOnStarter(builder);
        alive.add(process);
        Process guard = offers.guarded() ? guard(process.pid()) : null;
        process.onExit()
                .thenRun(() -> {
                    alive.remove(process);
                    if (guard != null) {
                        guard.destroyForcibly();
                    }
                });
        if (closed) {
            process.destroyForcibly();
        }
        return process;
    }

    private Process startOnStarter(ProcessBuilder builder) {
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new FaultException(
                    Fault.operator(
                            "child_not_started",
                            "The program " + builder.command().getLast() + " cannot be started.",
                            "Check that it is installed and that this user may run it."),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(
                    Fault.later("child_limit", "The program is ending.", "Start it again."), e);
        }
    }

    private static @Nullable Process guard(long pid) {
        try {
            return new ProcessBuilder("sh", "-c", GUARD, "guard", Long.toString(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return null; // no shell: the shutdown hook is all there is
        }
    }

    /// How many children are alive.
    public int count() {
        return alive.size();
    }

    private void killAll() {
        closed = true;
        alive.forEach(Process::destroyForcibly);
    }

    /// Kills what is left of the children. Nothing can be started afterwards.
    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook is running: the thread that started children stays until the end
        }
        for (Process process : alive) {
            process.onExit().join();
        }
        starter.shutdown();
    }
}

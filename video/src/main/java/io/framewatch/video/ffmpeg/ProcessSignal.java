package io.framewatch.video.ffmpeg;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Signals that a child can be sent, with their numbers on Linux. `java.lang.Process` knows only
/// the first two, and starting `/bin/kill` costs too much to stop and continue a process ten times
/// a second, so `kill(2)` is called directly. Thread safe.
public enum ProcessSignal {
    /// Ends it, with time to finish its files.
    TERM(15),
    /// Ends it at once, even if it is stopped.
    KILL(9),
    /// Stops it where it stands.
    STOP(19),
    /// Lets it go on.
    CONT(18);

    private static final MethodHandle KILL_CALL =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("kill"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));

    private final int number;

    ProcessSignal(int number) {
        this.number = number;
    }

    /// The number as it stands in "signal 9".
    public int number() {
        return number;
    }

    /// Sends this signal. The caller makes sure that `pid` is still its own child, that is: not
    /// waited for yet.
    ///
    /// @return whether the system took it
    boolean send(long pid) {
        if (pid <= 1 || pid > Integer.MAX_VALUE) {
            return false;
        }
        try {
            return (int) KILL_CALL.invokeExact((int) pid, number) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }
}

package io.framewatch.video.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `/proc/PID/stat` says of a process (proc(5)).
///
/// @param letter R running, S and D waiting, T stopped, Z ended but not waited for; `-` if there is
///   no such process or no such file
/// @param cpuMs processor time used since its start, user and system, milliseconds; -1 if unknown
/// @param residentBytes memory held, bytes; -1 if unknown
public record ProcessState(char letter, long cpuMs, long residentBytes) {

    /// There is no process, or nothing is known of it.
    public static final ProcessState NONE = new ProcessState('-', -1, -1);

    /// Clock ticks in `/proc` are 10 ms on every Linux (`USER_HZ`).
    private static final long TICK_MS = 10;

    private static final long PAGE_BYTES = 4096;

    // Positions after the name in brackets, which may itself hold spaces and brackets.
    private static final int STATE = 0;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int RESIDENT_PAGES = 21;

    /// Reads the state of `pid`; never throws.
    public static ProcessState of(long pid) {
        try {
            return parse(
                    Files.readString(
                            Path.of("/proc", Long.toString(pid), "stat"),
                            StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return NONE;
        }
    }

    /// Reads one line of `/proc/PID/stat`; [#NONE] if it is not one.
    static ProcessState parse(String line) {
        int nameEnd = line.lastIndexOf(')');
        String[] fields =
                nameEnd < 0 ? new String[0] : line.substring(nameEnd + 1).strip().split(" ", -1);
        if (fields.length <= RESIDENT_PAGES || fields[STATE].length() != 1) {
            return NONE;
        }
        try {
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
            long pages = Long.parseLong(fields[RESIDENT_PAGES]);
            return new ProcessState(fields[STATE].charAt(0), ticks * TICK_MS, pages * PAGE_BYTES);
        } catch (NumberFormatException e) {
            return NONE;
        }
    }

    /// Whether the process has been stopped by a signal.
    public boolean isStopped() {
        return letter == 'T' || letter == 't';
    }
}

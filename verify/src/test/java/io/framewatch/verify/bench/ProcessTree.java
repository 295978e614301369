package io.framewatch.verify.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A process with its children, read from `/proc`.
public final class ProcessTree {

    /// Clock ticks a second of `/proc/PID/stat`, which Linux fixes at 100 for programs.
    private static final long TICK_MS = 10;

    private final List<ProcessHandle> processes;

    private ProcessTree(List<ProcessHandle> processes) {
        this.processes = processes;
    }

    /// The tree as it is now.
    public static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(Stream.concat(Stream.of(root), root.descendants()).toList());
    }

    /// Those of them whose program's name `wanted` accepts.
    public ProcessTree named(Predicate<String> wanted) {
        return new ProcessTree(
                processes.stream().filter(one -> wanted.test(read(one, "comm").strip())).toList());
    }

    /// Those that the first of them started, itself left out.
    public ProcessTree withoutRoot() {
        return new ProcessTree(processes.subList(1, processes.size()));
    }

    /// How many there are.
    public int size() {
        return processes.size();
    }

    /// Processor time they have used, ms.
    public long cpuMs() {
        return processes.stream().mapToLong(ProcessTree::cpuMs).sum();
    }

    private static long cpuMs(ProcessHandle process) {
        String stat = read(process, "stat");
        int afterName = stat.lastIndexOf(')');
        if (afterName < 0) {
            return 0;
        }
        // Behind the name, counted from 0: state 0 ... utime 11, stime 12 (proc(5)).
        String[] fields = stat.substring(afterName + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MS;
    }

    /// Resident memory together, bytes. Pages that several share are counted in each.
    public long residentBytes() {
        return bytes("VmRSS:");
    }

    /// Their memory that no file backs, together, bytes: what the machine cannot take back by
    /// dropping pages, as it can those of programs and libraries.
    public long ownBytes() {
        return bytes("RssAnon:");
    }

    /// The most resident memory that each of them ever had, together, bytes.
    public long peakBytes() {
        return bytes("VmHWM:");
    }

    private long bytes(String field) {
        return processes.stream().mapToLong(process -> bytes(process, field)).sum();
    }

    private static long bytes(ProcessHandle process, String field) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1_024)
                .sum();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file));
        } catch (IOException gone) {
            return "";
        }
    }
}

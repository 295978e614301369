package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The control group (version 2) this process lives in: what it uses and may use. In a container
/// these are the numbers that count, and node_exporter has no names for them.
final class CgroupSource implements HostSource {

    private static final double MICROSECONDS = 1e-6;

    private final Path proc;
    private final Path root;

    CgroupSource(Path proc, Path sys) {
        this.proc = proc;
        this.root = sys.resolve("fs/cgroup");
    }

    @Override
    public String name() {
        return "cgroup";
    }

    @Override
    public void read(HostReading into) throws IOException {
        Path folder = folder();
        memory(into, "framewatch_cgroup_memory_used_bytes", folder.resolve("memory.current"));
        memory(into, "framewatch_cgroup_memory_limit_bytes", folder.resolve("memory.max"));
        for (String line : KernelFile.lines(folder.resolve("cpu.stat"))) {
            String[] words = KernelFile.words(line);
            if (words.length == 2 && words[0].equals("usage_usec")) {
                into.counter(
                        "framewatch_cgroup_cpu_seconds_total",
                        KernelFile.number(words[1]) * MICROSECONDS);
            } else if (words.length == 2 && words[0].equals("throttled_usec")) {
                into.counter(
                        "framewatch_cgroup_cpu_throttled_seconds_total",
                        KernelFile.number(words[1]) * MICROSECONDS);
            }
        }
        Path limit = folder.resolve("cpu.max");
        String[] max =
                Files.isReadable(limit) ? KernelFile.words(KernelFile.text(limit)) : new String[0];
        if (max.length == 2 && !max[0].equals("max")) {
            into.gauge(
                    "framewatch_cgroup_cpu_limit_cores",
                    KernelFile.number(max[0]) / KernelFile.number(max[1]));
        }
    }

    /// The line `0::/path` names the group; within a container the path is not visible and the root
    /// of the mount is the group.
    private Path folder() throws IOException {
        for (String line : KernelFile.lines(proc.resolve("self/cgroup"))) {
            if (line.startsWith("0::/")) {
                Path own = root.resolve(line.substring(4));
                return Files.isReadable(own.resolve("cpu.stat")) ? own : root;
            }
        }
        throw new IOException("no control group of version 2");
    }

    private static void memory(HostReading into, String name, Path file) throws IOException {
        String text = Files.isReadable(file) ? KernelFile.text(file).strip() : "max";
        if (!text.equals("max")) {
            into.gauge(name, KernelFile.number(text));
        }
    }
}

package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// This process itself, under the names every Prometheus client library uses.
final class ProcessSource implements HostSource {

    private static final double TICKS_PER_SECOND = 100;
    private static final double PAGE_BYTES = 4096;

    private final Path proc;

    ProcessSource(Path proc) {
        this.proc = proc;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public void read(HostReading into) throws IOException {
        Path self = proc.resolve("self");
        String stat = KernelFile.text(self.resolve("stat"));
        // The name in parentheses may hold blanks; the fields after it are fixed (proc.rst).
        String[] words = KernelFile.words(stat.substring(stat.lastIndexOf(')') + 1));
        if (words.length < 22) {
            throw new IOException("stat has too few fields");
        }
        double ticks = KernelFile.number(words[11]) + KernelFile.number(words[12]);
        into.counter("process_cpu_seconds_total", ticks / TICKS_PER_SECOND);
        into.gauge("process_virtual_memory_bytes", KernelFile.number(words[20]));
        into.gauge("process_resident_memory_bytes", KernelFile.number(words[21]) * PAGE_BYTES);
        into.gauge(
                "process_start_time_seconds",
                bootSeconds() + KernelFile.number(words[19]) / TICKS_PER_SECOND);
        int open = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(self.resolve("fd"))) {
            for (Path _ : files) {
                open++;
            }
        }
        into.gauge("process_open_fds", open);
        for (String line : KernelFile.lines(self.resolve("limits"))) {
            if (line.startsWith("Max open files")) {
                String soft = KernelFile.words(line.substring("Max open files".length()))[0];
                into.gauge(
                        "process_max_fds",
                        soft.equals("unlimited")
                                ? Double.POSITIVE_INFINITY
                                : KernelFile.number(soft));
            }
        }
    }

    private double bootSeconds() throws IOException {
        for (String line : KernelFile.lines(proc.resolve("stat"))) {
            if (line.startsWith("btime ")) {
                return KernelFile.number(line.substring(6).strip());
            }
        }
        throw new IOException("no boot time");
    }
}

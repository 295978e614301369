package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Path;

/// `/proc/stat`: processor time by mode, interrupts, context switches, forks, boot time.
final class StatSource implements HostSource {

    /// Ticks a second in which the kernel shows processor time; 100 on every Linux platform.
    private static final double TICKS_PER_SECOND = 100;

    private static final String[] MODES = {
        "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"
    };

    private final Path file;

    StatSource(Path proc) {
        this.file = proc.resolve("stat");
    }

    @Override
    public String name() {
        return "stat";
    }

    @Override
    public void read(HostReading into) throws IOException {
        for (String line : KernelFile.lines(file)) {
            String[] words = KernelFile.words(line);
            if (words.length < 2) {
                continue;
            }
            switch (words[0]) {
                case "intr" -> into.counter("node_intr_total", KernelFile.number(words[1]));
                case "ctxt" ->
                        into.counter("node_context_switches_total", KernelFile.number(words[1]));
                case "processes" -> into.counter("node_forks_total", KernelFile.number(words[1]));
                case "btime" -> into.gauge("node_boot_time_seconds", KernelFile.number(words[1]));
                case "procs_running" ->
                        into.gauge("node_procs_running", KernelFile.number(words[1]));
                case "procs_blocked" ->
                        into.gauge("node_procs_blocked", KernelFile.number(words[1]));
                default -> {
                    if (words[0].startsWith("cpu") && words[0].length() > 3) {
                        processor(words, into);
                    }
                }
            }
        }
    }

    private static void processor(String[] words, HostReading into) throws IOException {
        String cpu = words[0].substring(3);
        for (int i = 0; i < MODES.length && i + 1 < words.length; i++) {
            double seconds = KernelFile.number(words[i + 1]) / TICKS_PER_SECOND;
            into.counter("node_cpu_seconds_total", seconds, "cpu", cpu, "mode", MODES[i]);
        }
        if (words.length > 10) {
            double user = KernelFile.number(words[9]) / TICKS_PER_SECOND;
            double nice = KernelFile.number(words[10]) / TICKS_PER_SECOND;
            into.counter("node_cpu_guest_seconds_total", user, "cpu", cpu, "mode", "user");
            into.counter("node_cpu_guest_seconds_total", nice, "cpu", cpu, "mode", "nice");
        }
    }
}

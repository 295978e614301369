package io.framewatch.server.telemetry;

import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;

/// The process and its Java machine, under the names Prometheus's client libraries use.
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FILES = Path.of("/proc/self/fd");

    private ProcessMetrics() {}

    /// Adds them to `meters`.
    public static void addTo(Meters meters, long startedAtMs, String version) {
        process(meters, startedAtMs);
        memory(meters);
        collections(meters);
        meters.gauge(
                "jvm_threads_current",
                "Platform threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        Labels build = Labels.of("version", version, "java", Runtime.version().toString());
        meters.read(
                "framewatch_build_info",
                MetricMetadata.Type.GAUGE,
                "Which build this is; always 1.",
                sink -> sink.sample("framewatch_build_info", build, 1));
    }

    private static void process(Meters meters, long startedAtMs) {
        meters.gauge(
                "process_start_time_seconds",
                "When the process started, Unix seconds.",
                () -> startedAtMs / 1e3);
        meters.counted(
                "process_cpu_seconds_total",
                "Processor time used.",
                () ->
                        ProcessHandle.current()
                                .info()
                                .totalCpuDuration()
                                .map(cpu -> cpu.toNanos() / 1e9)
                                .orElse(Double.NaN));
        meters.gauge(
                "process_resident_memory_bytes",
                "Memory held in RAM.",
                () -> statusKb(STATUS, "VmRSS:") * 1024);
        meters.gauge("process_open_fds", "Open files and sockets.", ProcessMetrics::openFiles);
    }

    private static void memory(Meters meters) {
        meters.read(
                "jvm_memory_used_bytes",
                MetricMetadata.Type.GAUGE,
                "Memory in use, by area.",
                sink -> memory(sink, "jvm_memory_used_bytes", true));
        meters.read(
                "jvm_memory_max_bytes",
                MetricMetadata.Type.GAUGE,
                "Memory that may be used, by area; -1 without a limit.",
                sink -> memory(sink, "jvm_memory_max_bytes", false));
        meters.read(
                "jvm_buffer_pool_used_bytes",
                MetricMetadata.Type.GAUGE,
                "Memory outside the heap, by pool.",
                ProcessMetrics::buffers);
    }

    private static void memory(Meters.Sink sink, String name, boolean used) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        MemoryUsage other = memory.getNonHeapMemoryUsage();
        sink.sample(
                name, Labels.of("area", "heap"), (double) (used ? heap.getUsed() : heap.getMax()));
        sink.sample(
                name,
                Labels.of("area", "nonheap"),
                (double) (used ? other.getUsed() : other.getMax()));
    }

    private static void buffers(Meters.Sink sink) {
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            sink.sample(
                    "jvm_buffer_pool_used_bytes",
                    Labels.of("pool", pool.getName()),
                    (double) pool.getMemoryUsed());
        }
    }

    private static void collections(Meters meters) {
        meters.read(
                "jvm_gc_collection_seconds",
                MetricMetadata.Type.SUMMARY,
                "Garbage collections and the time they took, by collector.",
                sink -> {
                    for (GarbageCollectorMXBean gc :
                            ManagementFactory.getGarbageCollectorMXBeans()) {
                        Labels labels = Labels.of("gc", gc.getName());
                        double seconds = gc.getCollectionTime() / 1e3;
                        sink.sample("jvm_gc_collection_seconds_sum", labels, seconds);
                        double count = gc.getCollectionCount();
                        sink.sample("jvm_gc_collection_seconds_count", labels, count);
                    }
                });
    }

    /// Memory that process `pid` holds in RAM, bytes; NaN if there is none.
    static double residentBytes(long pid) {
        return statusKb(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:") * 1024;
    }

    private static double statusKb(Path file, String key) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(key)) {
                    return Double.parseDouble(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }

    private static double openFiles() {
        String[] names = FILES.toFile().list();
        return names == null ? Double.NaN : names.length;
    }
}

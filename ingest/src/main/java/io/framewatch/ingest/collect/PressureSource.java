package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `/proc/pressure`: how long work waited for processor, memory and disk, seconds.
final class PressureSource implements HostSource {

    private static final double MICROSECONDS = 1e-6;

    private final Path folder;

    PressureSource(Path proc) {
        this.folder = proc.resolve("pressure");
    }

    @Override
    public String name() {
        return "pressure";
    }

    @Override
    public void read(HostReading into) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("this kernel shows no pressure");
        }
        for (String resource : List.of("cpu", "io", "memory", "irq")) {
            Path file = folder.resolve(resource);
            if (!Files.isReadable(file)) {
                continue;
            }
            for (String line : KernelFile.lines(file)) {
                int total = line.indexOf("total=");
                boolean full = line.startsWith("full");
                if (total < 0 || full && resource.equals("cpu")) {
                    continue;
                }
                String what = full ? "stalled" : "waiting";
                into.counter(
                        "node_pressure_" + resource + "_" + what + "_seconds_total",
                        KernelFile.number(line.substring(total + 6)) * MICROSECONDS);
            }
        }
    }
}

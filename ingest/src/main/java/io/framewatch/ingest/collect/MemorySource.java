package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Path;

/// `/proc/meminfo`: each line as `node_memory_NAME_bytes`, or without `_bytes` where the kernel
/// counts pages.
final class MemorySource implements HostSource {

    private static final double KIB = 1024;

    private final Path file;

    MemorySource(Path proc) {
        this.file = proc.resolve("meminfo");
    }

    @Override
    public String name() {
        return "meminfo";
    }

    @Override
    public void read(HostReading into) throws IOException {
        for (String line : KernelFile.lines(file)) {
            String[] words = KernelFile.words(line);
            if (words.length < 2) {
                continue;
            }
            String name = words[0].replace(":", "").replace("(", "_").replace(")", "");
            double value = KernelFile.number(words[1]);
            if (words.length > 2) {
                into.gauge("node_memory_" + name + "_bytes", value * KIB);
            } else {
                into.gauge("node_memory_" + name, value);
            }
        }
    }
}

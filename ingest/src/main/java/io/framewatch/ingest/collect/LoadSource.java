package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Path;

/// `/proc/loadavg`.
final class LoadSource implements HostSource {

    private final Path file;

    LoadSource(Path proc) {
        this.file = proc.resolve("loadavg");
    }

    @Override
    public String name() {
        return "loadavg";
    }

    @Override
    public void read(HostReading into) throws IOException {
        String[] words = KernelFile.words(KernelFile.text(file));
        if (words.length < 3) {
            throw new IOException("three averages are expected");
        }
        into.gauge("node_load1", KernelFile.number(words[0]));
        into.gauge("node_load5", KernelFile.number(words[1]));
        into.gauge("node_load15", KernelFile.number(words[2]));
    }
}

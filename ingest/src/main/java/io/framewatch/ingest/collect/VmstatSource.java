package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// `/proc/vmstat`: paging, swapping, page faults, processes killed for memory.
final class VmstatSource implements HostSource {

    private static final Pattern KEPT = Pattern.compile("(oom_kill|pgpg|pswp|pg.*fault).*");

    private final Path file;

    VmstatSource(Path proc) {
        this.file = proc.resolve("vmstat");
    }

    @Override
    public String name() {
        return "vmstat";
    }

    @Override
    public void read(HostReading into) throws IOException {
        for (String line : KernelFile.lines(file)) {
            String[] words = KernelFile.words(line);
            if (words.length == 2 && KEPT.matcher(words[0]).matches()) {
                into.untyped("node_vmstat_" + words[0], KernelFile.number(words[1]));
            }
        }
    }
}

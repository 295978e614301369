package io.framewatch.ingest.collect;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What names the system: `/proc/sys/kernel`, open files, connection tracking, entropy, time.
final class SystemSource implements HostSource {

    private final Path proc;
    private final Clock clock;

    SystemSource(Path proc, Clock clock) {
        this.proc = proc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "uname";
    }

    @Override
    public void read(HostReading into) throws IOException {
        into.gauge("node_time_seconds", clock.nowMs() / 1000.0);
        Path kernel = proc.resolve("sys/kernel");
        into.gauge(
                "node_uname_info",
                1,
                "domainname",
                word(kernel.resolve("domainname")),
                "machine",
                System.getProperty("os.arch", "").replace("amd64", "x86_64"),
                "nodename",
                word(kernel.resolve("hostname")),
                "release",
                word(kernel.resolve("osrelease")),
                "sysname",
                word(kernel.resolve("ostype")),
                "version",
                word(kernel.resolve("version")));
        single(into, "node_entropy_available_bits", kernel.resolve("random/entropy_avail"));
        single(into, "node_entropy_pool_size_bits", kernel.resolve("random/poolsize"));
        Path netfilter = proc.resolve("sys/net/netfilter");
        single(into, "node_nf_conntrack_entries", netfilter.resolve("nf_conntrack_count"));
        single(into, "node_nf_conntrack_entries_limit", netfilter.resolve("nf_conntrack_max"));
        String[] files = KernelFile.words(KernelFile.text(proc.resolve("sys/fs/file-nr")));
        if (files.length == 3) {
            into.gauge("node_filefd_allocated", KernelFile.number(files[0]));
            into.gauge("node_filefd_maximum", KernelFile.number(files[2]));
        }
    }

    private static String word(Path file) throws IOException {
        return KernelFile.text(file).strip();
    }

    private static void single(HostReading into, String name, Path file) throws IOException {
        if (Files.isReadable(file)) {
            into.gauge(name, KernelFile.number(file));
        }
    }
}

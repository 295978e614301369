package io.framewatch.ingest.collect;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// `/proc/1/mounts` (or this process's own, where that is denied) and the room on each file system
/// that holds files of people. Counts of files are left out: Java does not tell them.
final class FilesystemSource implements HostSource {

    private static final Pattern IGNORED_MOUNTS =
            Pattern.compile(
                    "/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+|var/lib/containers/storage/.+)($|/.*)");
    private static final Pattern IGNORED_TYPES =
            Pattern.compile(
                    "autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|erofs|fusectl"
                            + "|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs"
                            + "|securityfs|selinuxfs|squashfs|sysfs|tracefs");

    private final Path proc;
    private final Path rootfs;

    FilesystemSource(Path proc, Path rootfs) {
        this.proc = proc;
        this.rootfs = rootfs;
    }

    @Override
    public String name() {
        return "filesystem";
    }

    @Override
    public void read(HostReading into) throws IOException {
        Path first = proc.resolve("1/mounts");
        Path mounts = Files.isReadable(first) ? first : proc.resolve("self/mounts");
        Set<String> seen = new HashSet<>();
        for (String line : KernelFile.lines(mounts)) {
            String[] words = KernelFile.words(line);
            if (words.length < 4) {
                continue;
            }
            String mountpoint = unescape(words[1]);
            boolean ignored =
                    IGNORED_TYPES.matcher(words[2]).matches()
                            || IGNORED_MOUNTS.matcher(mountpoint).matches();
            if (!ignored && seen.add(words[0] + "\0" + mountpoint)) {
                one(words[0], mountpoint, words[2], words[3], into);
            }
        }
    }

    private void one(
            String device, String mountpoint, String type, String options, HostReading into) {
        String[] labels = {
            "device", device, "device_error", "", "fstype", type, "mountpoint", mountpoint
        };
        boolean readonly = ("," + options + ",").contains(",ro,");
        try {
            Path path = rootfs.resolve(mountpoint.substring(1));
            FileStore store = Files.getFileStore(path);
            long size = store.getTotalSpace();
            if (size == 0) {
                return;
            }
            into.gauge("node_filesystem_size_bytes", (double) size, labels);
            into.gauge("node_filesystem_free_bytes", (double) store.getUnallocatedSpace(), labels);
            into.gauge("node_filesystem_avail_bytes", (double) store.getUsableSpace(), labels);
            into.gauge("node_filesystem_readonly", readonly ? 1 : 0, labels);
            into.gauge("node_filesystem_device_error", 0, labels);
        } catch (IOException e) {
            into.gauge("node_filesystem_device_error", 1, labels);
        }
    }

    /// The kernel writes blanks in paths as octal escapes.
    static String unescape(String path) {
        return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    }
}

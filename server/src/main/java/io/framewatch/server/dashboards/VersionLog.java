package io.framewatch.server.dashboards;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.files.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The versions of the dashboards of one tenant: `versions/UID/N.json`. Writers take turns, which
/// the caller sees to; readers need no lock, for files are replaced as a whole.
final class VersionLog {

    private static final Logger log = LoggerFactory.getLogger(VersionLog.class);

    private final Path folder;
    private final BoardLimits limits;
    private long bytes;

    private VersionLog(Path folder, BoardLimits limits, long bytes) {
        this.folder = folder;
        this.limits = limits;
        this.bytes = bytes;
    }

    /// Opens the versions below `folder`, which is made when missing.
    static VersionLog open(Path folder, BoardLimits limits) throws IOException {
        Files.createDirectories(folder);
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return new VersionLog(folder, limits, bytes);
    }

    private Path of(String uid) {
        return folder.resolve(Uids.checked(uid));
    }

    private Path file(String uid, long version) {
        return of(uid).resolve(version + ".json");
    }

    /// The numbers of the versions kept, ascending.
    private List<Long> numbers(String uid) throws IOException {
        List<Long> numbers = new ArrayList<>();
        if (!Files.isDirectory(of(uid))) {
            return numbers;
        }
        try (Stream<Path> files = Files.list(of(uid))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.matches("\\d{1,18}\\.json")) {
                    numbers.add(Long.parseLong(name.substring(0, name.length() - 5)));
                }
            }
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    /// The newest version's number, 0 if there is none.
    long newest(String uid) throws IOException {
        List<Long> numbers = numbers(uid);
        return numbers.isEmpty() ? 0 : numbers.getLast();
    }

    /// Keeps a version; the oldest one goes where there are more than the limit.
    ///
    /// Throws `dashboards_full` when the versions of this tenant take as many bytes as they may.
    void add(String uid, BoardVersion version, ObjectNode board) throws IOException {
        byte[] content = VersionFile.write(version, board);
        if (bytes + content.length > limits.storeBytesMax()) {
            throw new FaultException(
                    Fault.operator(
                            "dashboards_full",
                            "The dashboards take "
                                    + limits.storeBytesMax()
                                    + " bytes with all versions, which is the limit.",
                            "Delete dashboards, lower `dashboards.versionsMax` or raise"
                                    + " `dashboards.storeBytesMax`."));
        }
        Files.createDirectories(of(uid));
        Path file = file(uid, version.version());
        long before = Files.exists(file) ? Files.size(file) : 0;
        SafeFiles.replace(file, content);
        bytes += content.length - before;
        SafeFiles.forceFolder(folder);
        prune(uid);
    }

    private void prune(String uid) throws IOException {
        List<Long> numbers = numbers(uid);
        for (int i = 0; i < numbers.size() - limits.versionsMax(); i++) {
            Path old = file(uid, numbers.get(i));
            bytes -= Files.size(old);
            Files.deleteIfExists(old);
        }
    }

    /// The versions kept, newest first; one that cannot be read is left out and logged.
    List<BoardVersion> list(String uid) throws IOException {
        List<BoardVersion> versions = new ArrayList<>();
        for (long number : numbers(uid).reversed()) {
            try {
                versions.add(VersionFile.readHead(file(uid, number)));
            } catch (IOException e) {
                boolean pruned = e instanceof NoSuchFileException;
                if (!pruned) {
                    log.warn("version {} of dashboard {} cannot be read", number, uid, e);
                }
            }
        }
        return versions;
    }

    /// One version, or null if it is not kept.
    VersionFile.@Nullable Content get(String uid, long version) throws IOException {
        try {
            return VersionFile.read(file(uid, version));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /// Forgets every version of a dashboard.
    void remove(String uid) throws IOException {
        for (long number : numbers(uid)) {
            bytes -= Files.size(file(uid, number));
        }
        SafeFiles.removeTree(of(uid));
    }

    /// What all versions take, bytes.
    long bytes() {
        return bytes;
    }
}

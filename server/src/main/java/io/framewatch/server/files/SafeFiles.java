package io.framewatch.server.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writing files so that a crash leaves the old or the new one, never a torn one.
public final class SafeFiles {

    private static final String NEXT = ".next";

    private SafeFiles() {}

    /// Replaces `file` by `bytes` and returns when both are on disk.
    public static void replace(Path file, byte[] bytes) throws IOException {
        write(file, file.resolveSibling(file.getFileName() + NEXT), bytes);
    }

    /// The same, readable and writable for its owner only, from the first byte on.
    public static void replacePrivate(Path file, byte[] bytes) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + NEXT);
        Files.deleteIfExists(next);
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
        Files.createFile(next, PosixFilePermissions.asFileAttribute(own));
        write(file, next, bytes);
    }

    private static void write(Path file, Path next, byte[] bytes) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(file.toAbsolutePath().getParent());
    }

    /// Returns when what a folder holds is on disk.
    public static void forceFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// Removes a folder with all it holds, if it is there.
    public static void removeTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}

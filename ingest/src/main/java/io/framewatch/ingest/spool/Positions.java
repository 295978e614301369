package io.framewatch.ingest.spool;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The positions of all destinations, a small file each. A position is replaced as a whole and not
/// synced: after a crash of the machine an older one may stand there, and rows are sent again.
/// Thread safe as long as each name has one writer.
final class Positions {

    private static final String SUFFIX = ".position";
    private static final int NAME_BYTES = 16;

    private final Path folder;

    Positions(Path folder) {
        this.folder = folder;
    }

    /// The file of a destination; names of any letters become digits.
    private Path file(Destination destination) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(destination.name().getBytes(StandardCharsets.UTF_8));
            String digits = HexFormat.of().formatHex(hash, 0, NAME_BYTES);
            return folder.resolve(prefix(destination.kind()) + digits + SUFFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String prefix(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + "-";
    }

    /// Whether the destination is known.
    boolean has(Destination destination) {
        return Files.exists(file(destination));
    }

    /// Where a destination is; null if that cannot be read.
    @Nullable Position read(Destination destination) {
        return read(file(destination));
    }

    private static @Nullable Position read(Path file) {
        try {
            return Position.parse(Files.readString(file));
        } catch (IOException e) {
            return null;
        }
    }

    void write(Destination destination, Position position) {
        Path file = file(destination);
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, position.format());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.later(
                            "spool_position",
                            "How far a destination is cannot be written to the disk: " + e + ".",
                            "Look at the disk; rows may be sent twice until then."),
                    e);
        }
    }

    /// The highest total that any destination of a kind has written; 0 if none.
    long highest(Kind kind) throws IOException {
        long highest = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, prefix(kind) + "*" + SUFFIX)) {
            for (Path file : files) {
                Position position = read(file);
                highest = position == null ? highest : Math.max(highest, position.total());
            }
        }
        return highest;
    }

    /// Forgets every destination but these.
    void keep(Collection<Destination> kept) throws IOException {
        Set<Path> files = kept.stream().map(this::file).collect(Collectors.toSet());
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                if (!files.contains(each)) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}

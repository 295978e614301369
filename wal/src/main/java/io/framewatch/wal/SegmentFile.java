package io.framewatch.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/// One file of the log: its name tells the number of its first record.
///
/// @param path where it is
/// @param firstSequence number of its first record
record SegmentFile(Path path, long firstSequence) {

    /// Size of the header at the start of the file.
    static final int HEADER_BYTES = 32;

    /// `FWWAL` and format version 1, as eight bytes.
    private static final long MAGIC = 0x0100_004c_4157_5746L;

    private static final String SUFFIX = ".wal";
    private static final int DIGITS = 19;

    /// Where the segment that starts with `firstSequence` belongs.
    static SegmentFile of(Path directory, long firstSequence) {
        String digits = Long.toString(firstSequence);
        String name = "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
        return new SegmentFile(directory.resolve(name), firstSequence);
    }

    /// The segments in `directory`, in order; removes what a crash left half made.
    static List<SegmentFile> list(Path directory) throws IOException {
        List<SegmentFile> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.matches("\\d{" + DIGITS + "}\\.wal")) {
                    found.add(new SegmentFile(entry, Long.parseLong(name.substring(0, DIGITS))));
                } else if (name.endsWith(SUFFIX + ".tmp")) {
                    Files.delete(entry);
                }
            }
        }
        found.sort(Comparator.comparingLong(SegmentFile::firstSequence));
        return found;
    }

    /// Creates the file with its header, synced, under its final name, or not at all. The channel
    /// is open for writing behind the header.
    FileChannel create(WalDisk disk, long nowMs) throws IOException {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        FileChannel channel =
                disk.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            ByteBuffer header = header(firstSequence, nowMs);
            while (header.hasRemaining()) {
                channel.write(header);
            }
            channel.force(true);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory(directory());
            return channel;
        } catch (IOException failed) {
            channel.close();
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(path);
            throw failed;
        }
    }

    private Path directory() {
        return Objects.requireNonNull(path.getParent(), "a segment lies in a folder");
    }

    private static ByteBuffer header(long firstSequence, long nowMs) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putLong(firstSequence).putLong(nowMs).putInt(0);
        header.putInt(RecordHeader.crc(header, 0, HEADER_BYTES - Integer.BYTES));
        return header.flip();
    }

    /// Whether `image`, the file's bytes, begins with an intact header of this segment.
    boolean headerIsIntact(ByteBuffer image, int limit) {
        return limit >= HEADER_BYTES
                && image.getLong(0) == MAGIC
                && image.getLong(8) == firstSequence
                && image.getInt(HEADER_BYTES - Integer.BYTES)
                        == RecordHeader.crc(image, 0, HEADER_BYTES - Integer.BYTES);
    }

    /// Reads the first `limit` bytes, or all if the file is shorter.
    ByteBuffer read(long limit) throws IOException {
        return read(0, limit);
    }

    /// Reads from byte `from` to byte `limit`, or to the end if the file is shorter.
    ByteBuffer read(long from, long limit) throws IOException {
        return read(from, limit, ByteBuffer::allocateDirect);
    }

    /// The same into a buffer that `memory` gives for the number of bytes.
    ByteBuffer read(long from, long limit, IntFunction<ByteBuffer> memory) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.position(from);
            int size = Math.toIntExact(Math.max(0, Math.min(limit, channel.size()) - from));
            ByteBuffer image = memory.apply(size).order(ByteOrder.LITTLE_ENDIAN);
            int read = 0;
            while (read >= 0 && image.hasRemaining()) {
                read = channel.read(image);
            }
            return image.flip();
        }
    }

    /// Makes creations, renames and deletions in `directory` durable.
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

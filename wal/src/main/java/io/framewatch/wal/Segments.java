package io.framewatch.wal;

import io.framewatch.model.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of the log, of which the last takes appends. Appends come from one thread; truncation
/// and looks from any.
final class Segments implements AutoCloseable {

    private final Path directory;
    private final WalDisk disk;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// One truncation at a time; taken before the lock.
    private final ReentrantLock truncation = new ReentrantLock();

    /// Closed ones with their size, oldest first; guarded by the lock.
    private final List<Closed> closed = new ArrayList<>();

    private SegmentFile active;
    private FileChannel channel;

    /// Bytes of the active segment that are synced.
    private long activeBytes = SegmentFile.HEADER_BYTES;

    private boolean needsRepair;

    private record Closed(SegmentFile file, long bytes) {}

    /// Where a reader finds a segment and how much of it is synced.
    record Extent(SegmentFile file, long bytes, boolean last) {}

    Segments(Path directory, WalDisk disk, Clock clock, List<SegmentFile> existing, long next)
            throws IOException {
        this.directory = directory;
        this.disk = disk;
        this.clock = clock;
        for (SegmentFile file : existing) {
            closed.add(new Closed(file, Files.size(file.path())));
        }
        active = SegmentFile.of(directory, next);
        channel = active.create(disk, clock.nowMs());
    }

    /// Writes and syncs a group at the end of the active segment. After an exception nothing of the
    /// group is in the log, or will be before the next group is written.
    void append(ByteBuffer group) throws IOException {
        int size = group.remaining();
        needsRepair = true;
        try {
            long at = activeBytes;
            while (group.hasRemaining()) {
                at += channel.write(group, at);
            }
            channel.force(false);
        } catch (IOException failed) {
            takeBack(failed);
            throw failed;
        }
        needsRepair = false;
        lock.lock();
        try {
            activeBytes += size;
        } finally {
            lock.unlock();
        }
    }

    /// Tries at once, so that a crash before the repair does not bring refused records back.
    private void takeBack(IOException failed) {
        try {
            channel.truncate(activeBytes);
            channel.force(true);
        } catch (IOException again) {
            failed.addSuppressed(again);
        }
    }

    /// Brings the log back to its last synced byte after a failed append, and starts a new segment:
    /// what the operating system holds of the old one cannot be trusted any more. Throws while the
    /// disk still refuses; to be tried again before the next append.
    void repair(long nextSequence) throws IOException {
        if (!needsRepair) {
            return;
        }
        if (nextSequence > active.firstSequence()) {
            try (FileChannel again = disk.open(active.path(), StandardOpenOption.WRITE)) {
                again.truncate(activeBytes);
                again.force(true);
            }
            roll(nextSequence);
        } else {
            FileChannel old = channel;
            channel = active.create(disk, clock.nowMs());
            old.close();
        }
        needsRepair = false;
    }

    /// Closes the active segment and begins the one that starts with `nextSequence`.
    void roll(long nextSequence) throws IOException {
        SegmentFile next = SegmentFile.of(directory, nextSequence);
        FileChannel nextChannel = next.create(disk, clock.nowMs());
        FileChannel old = channel;
        lock.lock();
        try {
            closed.add(new Closed(active, activeBytes));
            active = next;
            channel = nextChannel;
            activeBytes = SegmentFile.HEADER_BYTES;
        } finally {
            lock.unlock();
        }
        old.close();
    }

    /// Deletes closed segments whose records are all numbered below `sequence`.
    void truncateBefore(long sequence) throws IOException {
        truncation.lock();
        try {
            boolean deleted = false;
            while (deleteOldestBelow(sequence)) {
                deleted = true;
            }
            if (deleted) {
                SegmentFile.syncDirectory(directory);
            }
        } finally {
            truncation.unlock();
        }
    }

    /// Deletes the oldest closed segment, whatever it holds; false if there is none.
    boolean dropOldest() throws IOException {
        truncation.lock();
        try {
            boolean deleted = deleteOldestBelow(Long.MAX_VALUE);
            if (deleted) {
                SegmentFile.syncDirectory(directory);
            }
            return deleted;
        } finally {
            truncation.unlock();
        }
    }

    private boolean deleteOldestBelow(long sequence) throws IOException {
        SegmentFile file = oldestBelow(sequence);
        if (file == null) {
            return false;
        }
        Files.deleteIfExists(file.path());
        lock.lock();
        try {
            closed.removeFirst();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private @Nullable SegmentFile oldestBelow(long sequence) {
        lock.lock();
        try {
            if (closed.isEmpty()) {
                return null;
            }
            SegmentFile second = closed.size() > 1 ? closed.get(1).file() : active;
            return second.firstSequence() <= sequence ? closed.getFirst().file() : null;
        } finally {
            lock.unlock();
        }
    }

    long activeBytes() {
        return activeBytes;
    }

    long totalBytes() {
        return readable().stream().mapToLong(Extent::bytes).sum();
    }

    /// All segments with their synced size now, oldest first.
    List<Extent> readable() {
        lock.lock();
        try {
            List<Extent> all = new ArrayList<>();
            for (Closed one : closed) {
                all.add(new Extent(one.file(), one.bytes(), false));
            }
            all.add(new Extent(active, activeBytes, true));
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.framewatch.wal;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.wal.WalDamage.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An append-only log of numbered records in one folder. Numbers start at 1 and rise by one.
///
/// What [#append] has returned for survives a crash of the process and of the machine. What it has
/// thrown for is not in the log. What was under way at a crash may be either. Thread safe.
public final class Wal implements AutoCloseable {

    private static final String LOCK_FILE = "wal.lock";

    private final WalOptions options;
    private final FileChannel lockFile;
    private final Segments segments;
    private final GroupWriter writer;
    private final WalRecovery recovery;

    private Wal(WalOptions options, FileChannel lockFile, Segments segments, Opened opened) {
        this.options = options;
        this.lockFile = lockFile;
        this.segments = segments;
        this.writer = opened.writer();
        this.recovery = opened.recovery();
        writer.start();
    }

    private record Opened(GroupWriter writer, WalRecovery recovery) {}

    private record Tail(long nextSequence, @Nullable WalDamage cut) {}

    /// Opens the log in `directory`, which is created if missing, on the real disk.
    public static Wal open(Path directory, WalOptions options, Clock clock) {
        return open(directory, options, clock, WalDisk.REAL);
    }

    /// Opens the log in `directory`. Cuts a torn end off the last segment, see [#recovery].
    ///
    /// Throws `FaultException`: `wal_locked` if another process has it open, `wal_unreadable` if
    /// the disk refuses.
    public static Wal open(Path directory, WalOptions options, Clock clock, WalDisk disk) {
        FileChannel lock = null;
        try {
            Files.createDirectories(directory);
            lock = lock(directory);
            List<SegmentFile> files = SegmentFile.list(directory);
            Tail tail = files.isEmpty() ? new Tail(1, null) : readTail(files.getLast());
            if (!files.isEmpty() && files.getLast().firstSequence() == tail.nextSequence()) {
                files.removeLast();
            }
            long next = tail.nextSequence();
            Segments segments = new Segments(directory, disk, clock, files, next);
            long first = files.isEmpty() ? next : files.getFirst().firstSequence();
            WalRecovery recovery =
                    new WalRecovery(
                            first, next, files.size() + 1, segments.totalBytes(), tail.cut());
            GroupWriter writer = new GroupWriter(options, segments, clock, next);
            return new Wal(options, lock, segments, new Opened(writer, recovery));
        } catch (IOException failed) {
            release(lock);
            throw new FaultException(
                    Fault.operator(
                            "wal_unreadable",
                            "The write-ahead log in " + directory + " cannot be opened: " + failed,
                            "Look at the disk and the folder's permissions."),
                    failed);
        } catch (RuntimeException failed) {
            release(lock);
            throw failed;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        directory.resolve(LOCK_FILE),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (java.nio.channels.OverlappingFileLockException ours) {
            locked = false;
        }
        if (!locked) {
            channel.close();
            throw new FaultException(
                    Fault.operator(
                            "wal_locked",
                            "Another process has the data folder " + directory + " open.",
                            "Stop it, or configure another data folder."));
        }
        return channel;
    }

    private static void release(@Nullable FileChannel lock) {
        if (lock != null) {
            try {
                lock.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /// Finds the end of the last segment and cuts off what is torn.
    private static Tail readTail(SegmentFile file) throws IOException {
        ByteBuffer image = file.read(Long.MAX_VALUE);
        SegmentScan scan = new SegmentScan(file, image, true);
        WalDamage[] cut = new WalDamage[1];
        scan.run(
                Long.MAX_VALUE,
                new WalVisitor() {
                    @Override
                    public void record(long sequence, int type, ByteBuffer payload) {
                        throw new IllegalStateException("no record has this number");
                    }

                    @Override
                    public void damaged(WalDamage damage) {
                        cut[0] = damage.records() < 0 ? damage : cut[0];
                    }
                });
        if (scan.tailFrom() < image.limit()) {
            try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
                channel.truncate(scan.tailFrom());
                channel.force(true);
            }
        }
        return new Tail(scan.nextSequence(), cut[0]);
    }

    /// What opening found: the span of numbers, and the torn end that was cut off, if any.
    public WalRecovery recovery() {
        return recovery;
    }

    /// Appends a record and returns its number when it is synced to the disk. Many threads may call
    /// at once: they share a sync. `type` is 0 to 255; `payload` is read from its position to its
    /// limit and must not change until the call returns.
    ///
    /// Throws `FaultException` whose turn is `LATER` if the record is not in the log: `wal_full`,
    /// `wal_disk_full`, `wal_write_failed`, `wal_closed`; `wal_record_too_large` if it never can
    /// be.
    public long append(int type, ByteBuffer payload) {
        return append(type, payload, GroupWriter.Kind.USUAL);
    }

    /// Appends like [#append], for callers whom nobody waits for: the record waits up to
    /// [GroupWriter#PATIENCE_NS] for others to share a sync with.
    public long appendPatiently(int type, ByteBuffer payload) {
        return append(type, payload, GroupWriter.Kind.PATIENT);
    }

    /// Appends like [#append], also when the log has reached its size limit: for the small records
    /// that are needed to make it smaller again.
    public long appendReserved(int type, ByteBuffer payload) {
        return append(type, payload, GroupWriter.Kind.RESERVED);
    }

    private long append(int type, ByteBuffer payload, GroupWriter.Kind kind) {
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("type " + type);
        }
        if (payload.remaining() > options.recordBytesMax()) {
            throw new FaultException(
                    Fault.caller(
                            "wal_record_too_large",
                            "A batch of "
                                    + payload.remaining()
                                    + " bytes is over the limit of "
                                    + options.recordBytesMax()
                                    + " bytes.",
                            "Send smaller batches."));
        }
        return writer.append(type, payload, kind);
    }

    /// Number of the last record that is synced, 0 before the first.
    public long lastSequence() {
        return writer.nextSequence() - 1;
    }

    /// Gives every synced record numbered `from` or higher to `visitor`, in order, and every place
    /// that cannot be read. Records appended meanwhile may be missed. Reads a segment into memory
    /// at a time.
    ///
    /// Damage never ends a replay: whatever is intact behind it is delivered, and the number of
    /// records lost is told where a later record makes it known.
    public void replay(long from, WalVisitor visitor) {
        long expected = -1;
        List<Segments.Extent> files = segments.readable();
        for (int i = 0; i < files.size(); i++) {
            Segments.Extent file = files.get(i);
            long first = file.file().firstSequence();
            if (i + 1 < files.size() && files.get(i + 1).file().firstSequence() <= from) {
                continue;
            }
            if (expected >= 0 && first > expected) {
                visitor.damaged(
                        new WalDamage(
                                Kind.MISSING,
                                file.file().path(),
                                0,
                                0,
                                expected,
                                first - expected));
            }
            expected = replay(file, from, visitor);
        }
    }

    private static long replay(Segments.Extent readable, long from, WalVisitor visitor) {
        try {
            ByteBuffer image = readable.file().read(readable.bytes());
            SegmentScan scan = new SegmentScan(readable.file(), image, readable.last());
            scan.run(from, visitor);
            return scan.nextSequence();
        } catch (IOException failed) {
            throw new FaultException(
                    Fault.operator(
                            "wal_unreadable",
                            "A file of the write-ahead log cannot be read: " + failed,
                            "Look at the disk."),
                    failed);
        }
    }

    /// A reader that starts at record `from` and follows the log as it grows.
    public WalCursor cursor(long from) {
        return new WalCursor(segments, from);
    }

    /// Lets go of records numbered below `confirmed`, which the caller knows to be safe elsewhere.
    /// Whole segments are deleted; the newest stays, so that numbers go on where they were.
    public void truncateBefore(long confirmed) {
        try {
            segments.truncateBefore(confirmed);
        } catch (IOException failed) {
            throw undeleted(failed);
        }
    }

    /// Lets go of the oldest segment, confirmed or not, for a log that is bounded rather than
    /// complete. False if there is only the one that takes appends. Readers that were not past it
    /// are told of the gap.
    public boolean dropOldest() {
        try {
            return segments.dropOldest();
        } catch (IOException failed) {
            throw undeleted(failed);
        }
    }

    private static FaultException undeleted(IOException failed) {
        return new FaultException(
                Fault.later(
                        "wal_write_failed",
                        "The disk refused to delete a file of the write-ahead log: " + failed,
                        "Look at the disk."),
                failed);
    }

    /// Totals and sizes.
    public WalStats stats() {
        return writer.stats();
    }

    /// Writes what is under way, then closes the files. Appends that come later are refused.
    @Override
    public void close() {
        try {
            writer.close();
            segments.close();
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

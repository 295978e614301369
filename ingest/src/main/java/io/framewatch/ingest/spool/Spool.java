package io.framewatch.ingest.spool;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.wal.Wal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.xerial.snappy.Snappy;

/// Rows on the disk that wait for their destinations. Appenders wait for one sync, which they
/// share: whatever has come meanwhile is one record. Thread safe.
public final class Spool implements AutoCloseable {

    private static final String POSITIONS = "positions";

    private final SpoolLimits limits;
    private final Clock clock;
    private final Wal log;
    private final Positions stored;
    private final Map<Destination, Position> positions = new ConcurrentHashMap<>();
    private final Thread writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private boolean closing;
    private long wakes;

    /// Of the writer alone; replaced before anyone is told.
    private volatile Newest newest;

    /// The newest record and what came with it and before, by kind.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Newest(long sequence, long[] totals) {}

    private record Waiting(SpoolRecord.Part part, CompletableFuture<Long> done) {}

    private Spool(SpoolLimits limits, Clock clock, Wal log, Positions stored, long[] totals) {
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        this.stored = stored;
        this.newest = new Newest(log.lastSequence(), totals);
        this.writer = Thread.ofPlatform().name("spool-writer").daemon().start(this::write);
    }

    /// Whether there is a spool in `folder`.
    public static boolean isIn(Path folder) {
        return Files.isDirectory(folder.resolve(POSITIONS));
    }

    /// Opens the spool in `folder`, which is made if missing.
    ///
    /// Throws `FaultException`: `wal_locked` if another process has it open, `wal_unreadable` if
    /// the disk refuses.
    public static Spool open(Path folder, SpoolLimits limits, Clock clock) {
        Path places = folder.resolve(POSITIONS);
        try {
            Files.createDirectories(places);
            Wal log = Wal.open(folder.resolve("wal"), limits.log(), clock);
            Positions stored = new Positions(places);
            try {
                return new Spool(limits, clock, log, stored, totals(log, stored));
            } catch (IOException | RuntimeException e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "wal_unreadable",
                            "The spool in " + folder + " cannot be opened: " + e + ".",
                            "Look at the disk and the folder's permissions."),
                    e);
        }
    }

    /// Totals behind the newest record, or those that the destinations know.
    private static long[] totals(Wal log, Positions stored) throws IOException {
        SpoolRecord.Totals newest = new SpoolRecord.Totals();
        log.replay(log.lastSequence(), newest);
        long[] totals = newest.behind();
        for (Kind kind : Kind.values()) {
            totals[kind.ordinal()] = Math.max(totals[kind.ordinal()], stored.highest(kind));
        }
        return totals;
    }

    /// Appends `rows` rows of a tenant and kind and returns when they are on the disk.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the disk refuses, and with code
    /// `wal_record_too_large` when they are more than a chunk may be; then they are not spooled.
    public void append(Tenant tenant, Kind kind, int rows, byte[] raw) {
        Waiting waiting =
                new Waiting(
                        new SpoolRecord.Part(tenant, kind, rows, packed(raw)),
                        new CompletableFuture<>());
        lock.lock();
        try {
            if (closing) {
                throw new FaultException(closed());
            }
            queue.addLast(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        try {
            waiting.done().join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof FaultException fault) {
                throw new FaultException(fault.fault(), fault);
            }
            throw refused;
        }
    }

    private byte[] packed(byte[] raw) {
        try {
            byte[] packed = Snappy.compress(raw);
            if (packed.length <= limits.chunkBytesMax()) {
                return packed;
            }
        } catch (IOException e) {
            throw new FaultException(Fault.defect("Rows cannot be packed."), e);
        }
        throw new FaultException(
                Fault.caller(
                        "wal_record_too_large",
                        "Rows that belong together are larger than "
                                + limits.chunkBytesMax()
                                + " bytes.",
                        "Send smaller batches."));
    }

    private static Fault closed() {
        return Fault.later("wal_closed", "The spool is closed.", "Try again after the restart.");
    }

    private void write() {
        for (List<Waiting> group = take(); !group.isEmpty(); group = take()) {
            try {
                write(group);
            } catch (FaultException refused) {
                group.forEach(one -> one.done().completeExceptionally(refused));
            } catch (RuntimeException | Error defect) {
                FaultException told =
                        new FaultException(Fault.defect("The spool failed: " + defect), defect);
                group.forEach(one -> one.done().completeExceptionally(told));
            }
        }
    }

    /// What waits, as much as one record may hold; empty at the end.
    private List<Waiting> take() {
        List<Waiting> group = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                arrived.awaitUninterruptibly();
            }
            int bytes = 0;
            for (Waiting next = queue.peekFirst(); next != null; next = queue.peekFirst()) {
                bytes += next.part().bytes();
                if (!group.isEmpty() && bytes > limits.chunkBytesMax()) {
                    break;
                }
                group.add(queue.removeFirst());
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> group) {
        long[] before = newest.totals();
        List<SpoolRecord.Part> parts = group.stream().map(Waiting::part).toList();
        ByteBuffer payload = SpoolRecord.encode(clock.nowMs(), before, parts);
        makeRoom(payload.remaining());
        long sequence = log.append(SpoolRecord.TYPE, payload);
        long[] behind = before.clone();
        parts.forEach(part -> behind[part.kind().ordinal()] += part.rows());
        newest = new Newest(sequence, behind);
        lock.lock();
        try {
            written.signalAll();
        } finally {
            lock.unlock();
        }
        group.forEach(one -> one.done().complete(sequence));
    }

    /// Lets the oldest rows go, whoever still wants them: readers see from the totals what is gone.
    private void makeRoom(int more) {
        while (bytes() + more > limits.bytesMax() && log.dropOldest()) {
            // Until it fits.
        }
    }

    /// Bytes on the disk.
    public long bytes() {
        return log.stats().bytes();
    }

    /// Rows of a kind that were ever spooled.
    public long total(Kind kind) {
        return newest.totals()[kind.ordinal()];
    }

    /// Forgets the place of every destination that is not one of these. What they alone held back
    /// goes at [#release].
    public void keep(Collection<Destination> destinations) {
        positions.keySet().retainAll(destinations);
        try {
            stored.keep(destinations);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "wal_unreadable",
                            "The positions of the spool cannot be read: " + e + ".",
                            "Look at the disk and the folder's permissions."),
                    e);
        }
    }

    /// Where a destination goes on. A new one begins with what comes from now on; one whose place
    /// cannot be read, or lies behind the end, with everything there is, or what comes.
    public Position begin(Destination destination) {
        // Holds everything back until its place is known.
        positions.putIfAbsent(destination, Position.OLDEST);
        Position end = end(destination.kind());
        Position begin = end;
        if (stored.has(destination)) {
            Position place = stored.read(destination);
            begin = place == null ? Position.OLDEST : place;
            if (begin.sequence() > end.sequence() || begin.total() > end.total()) {
                begin = end;
            }
        }
        stored.write(destination, begin);
        positions.put(destination, begin);
        return begin;
    }

    private Position end(Kind kind) {
        Newest now = newest;
        return new Position(now.sequence() + 1, 0, now.totals()[kind.ordinal()]);
    }

    /// The destination has done everything before `position`; remembered on the disk if `lasting`.
    public void done(Destination destination, Position position, boolean lasting) {
        if (lasting) {
            stored.write(destination, position);
        }
        if (positions.replace(destination, position) != null) {
            release();
        }
    }

    /// Lets go of what every destination that has begun is done with, or of everything where there
    /// is none: to be called when all have begun. Files go as a whole; the newest stays.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the disk refuses.
    public void release() {
        long end = newest.sequence() + 1;
        long slowest = positions.values().stream().mapToLong(Position::sequence).min().orElse(end);
        log.truncateBefore(slowest);
    }

    /// A reader of a kind that begins with the record of a position.
    public SpoolReader reader(Kind kind, Position from) {
        return new SpoolReader(kind, from.sequence(), log::cursor);
    }

    /// Waits until a record `sequence` is there, [#wake] is called or the time is over.
    public void await(long sequence, long ns) throws InterruptedException {
        long left = ns;
        lock.lock();
        try {
            long before = wakes;
            while (newest.sequence() < sequence && wakes == before && left > 0 && !closing) {
                left = written.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Wakes everybody who waits.
    public void wake() {
        lock.lock();
        try {
            wakes++;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Writes what is under way, then closes. Rows stay on the disk.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            arrived.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}

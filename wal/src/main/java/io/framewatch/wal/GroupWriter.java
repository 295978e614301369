package io.framewatch.wal;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Group commit: appenders queue their records and wait; one thread takes whatever is queued,
/// numbers it, writes it at once, syncs once, and lets them all go.
final class GroupWriter {

    /// How long patient records wait for company.
    static final long PATIENCE_NS = 50_000_000;

    /// Patient records of so many bytes are company enough.
    private static final int PATIENT_BYTES_MAX = 1 << 18;

    /// How a record is treated.
    enum Kind {
        /// Written as soon as the one before is.
        USUAL,
        /// May wait a little, so that several share a sync.
        PATIENT,
        /// Written also when the log is full.
        RESERVED
    }

    private final WalOptions options;
    private final Segments segments;
    private final Clock clock;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition taken = lock.newCondition();
    private final Deque<Pending> queue = new ArrayDeque<>();
    private long pendingBytes;

    /// Records queued that do not wait for company.
    private int urgent;

    private boolean closing;

    private ByteBuffer buffer = direct(1 << 20);
    private volatile long nextSequence;
    private volatile WalStats totals = new WalStats(0, 0, 0, 0, 0, 0, 0, 0);

    private record Pending(
            int type, ByteBuffer payload, int crc, Kind kind, CompletableFuture<Long> done) {

        int bytes() {
            return RecordHeader.BYTES + payload.remaining();
        }

        boolean reserved() {
            return kind == Kind.RESERVED;
        }

        boolean urgent() {
            return kind != Kind.PATIENT;
        }
    }

    GroupWriter(WalOptions options, Segments segments, Clock clock, long nextSequence) {
        this.options = options;
        this.segments = segments;
        this.clock = clock;
        this.nextSequence = nextSequence;
        this.thread = Thread.ofPlatform().name("wal-writer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Queues one record and returns its number once it is synced.
    long append(int type, ByteBuffer payload, Kind kind) {
        int crc = RecordHeader.crc(payload, payload.position(), payload.remaining());
        Pending pending = new Pending(type, payload, crc, kind, new CompletableFuture<>());
        lock.lock();
        try {
            while (!closing
                    && pendingBytes > 0
                    && pendingBytes + pending.bytes() > options.pendingBytesMax()) {
                taken.awaitUninterruptibly();
            }
            if (closing) {
                throw new FaultException(closed());
            }
            boolean first = queue.isEmpty();
            queue.addLast(pending);
            pendingBytes += pending.bytes();
            urgent += pending.urgent() ? 1 : 0;
            if (first || !awaitsCompany()) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        try {
            return pending.done().join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof FaultException fault) {
                throw new FaultException(fault.fault(), fault);
            }
            throw refused;
        }
    }

    /// Whether all that is queued may wait for more.
    private boolean awaitsCompany() {
        return urgent == 0 && pendingBytes < PATIENT_BYTES_MAX && !closing;
    }

    private static Fault closed() {
        return Fault.later(
                "wal_closed", "The write-ahead log is closed.", "Try again after the restart.");
    }

    long nextSequence() {
        return nextSequence;
    }

    WalStats stats() {
        WalStats t = totals;
        List<Segments.Extent> files = segments.readable();
        long bytes = files.stream().mapToLong(Segments.Extent::bytes).sum();
        lock.lock();
        try {
            return new WalStats(
                    t.records(),
                    t.groups(),
                    t.bytesWritten(),
                    t.failedGroups(),
                    t.syncNanos(),
                    files.size(),
                    bytes,
                    pendingBytes);
        } finally {
            lock.unlock();
        }
    }

    /// Writes what is queued, then ends.
    void close() throws InterruptedException {
        lock.lock();
        try {
            closing = true;
            arrived.signalAll();
            taken.signalAll();
        } finally {
            lock.unlock();
        }
        thread.join();
    }

    private void run() {
        for (List<Pending> group = take(); !group.isEmpty(); group = take()) {
            try {
                write(group);
            } catch (IOException failed) {
                refuse(group, fault(failed), failed);
            } catch (RuntimeException | Error defect) {
                refuse(group, Fault.defect("The write-ahead log failed: " + defect), defect);
            }
        }
    }

    /// The next group in the order of arrival; empty when closing and nothing is left.
    private List<Pending> take() {
        List<Pending> group = new ArrayList<>();
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                arrived.awaitUninterruptibly();
            }
            awaitCompany();
            long bytes = 0;
            for (Pending next = queue.peekFirst(); next != null; next = queue.peekFirst()) {
                if (!group.isEmpty() && bytes + next.bytes() > options.groupBytesMax()) {
                    break;
                }
                bytes += next.bytes();
                group.add(queue.removeFirst());
                urgent -= next.urgent() ? 1 : 0;
            }
            pendingBytes -= bytes;
            taken.signalAll();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void awaitCompany() {
        try {
            long left = PATIENCE_NS;
            while (left > 0 && awaitsCompany()) {
                left = arrived.awaitNanos(left);
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt(); // what waits is written at once
        }
    }

    private void write(List<Pending> group) throws IOException {
        segments.repair(nextSequence);
        if (segments.totalBytes() + bytes(group) > options.totalBytesMax()) {
            refuse(group.stream().filter(one -> !one.reserved()).toList(), full(), null);
            group.removeIf(one -> !one.reserved());
        }
        if (!group.isEmpty()) {
            writeAll(group);
        }
    }

    private static int bytes(List<Pending> group) {
        return group.stream().mapToInt(Pending::bytes).sum();
    }

    private void writeAll(List<Pending> group) throws IOException {
        long started = clock.nanoTime();
        int bytes = bytes(group);
        if (segments.activeBytes() > SegmentFile.HEADER_BYTES
                && segments.activeBytes() + bytes > options.segmentBytesMax()) {
            segments.roll(nextSequence);
        }
        segments.append(encode(group, bytes));
        long first = nextSequence;
        nextSequence = first + group.size();
        count(group.size(), bytes, clock.nanoTime() - started);
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done().complete(first + i);
        }
    }

    private ByteBuffer encode(List<Pending> group, int bytes) {
        if (buffer.capacity() < bytes) {
            buffer = direct(bytes);
        }
        buffer.clear();
        for (int i = 0; i < group.size(); i++) {
            Pending one = group.get(i);
            int length = one.payload().remaining();
            new RecordHeader(nextSequence + i, i, one.type(), length, one.crc()).write(buffer);
            buffer.put(one.payload().duplicate());
        }
        return buffer.flip();
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void count(int records, int bytes, long nanos) {
        WalStats t = totals;
        totals =
                new WalStats(
                        t.records() + records,
                        t.groups() + 1,
                        t.bytesWritten() + bytes,
                        t.failedGroups(),
                        t.syncNanos() + nanos,
                        0,
                        0,
                        0);
    }

    private void refuse(
            List<Pending> group, Fault fault, @org.jspecify.annotations.Nullable Throwable cause) {
        WalStats t = totals;
        totals =
                new WalStats(
                        t.records(),
                        t.groups(),
                        t.bytesWritten(),
                        t.failedGroups() + 1,
                        t.syncNanos(),
                        0,
                        0,
                        0);
        FaultException told =
                cause == null ? new FaultException(fault) : new FaultException(fault, cause);
        group.forEach(one -> one.done().completeExceptionally(told));
    }

    private Fault full() {
        return Fault.later(
                "wal_full",
                "The write-ahead log has reached its limit of "
                        + options.totalBytesMax()
                        + " bytes, because the engine is not taking data off it.",
                "Send the data again later.");
    }

    private static Fault fault(IOException failed) {
        String text = String.valueOf(failed.getMessage());
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return Fault.later(
                    "wal_disk_full",
                    "The disk of the write-ahead log is full.",
                    "Free space on it; send the data again later.");
        }
        return Fault.later(
                "wal_write_failed",
                "The disk refused a write of the write-ahead log: " + text + ".",
                "Look at the disk; send the data again later.");
    }
}

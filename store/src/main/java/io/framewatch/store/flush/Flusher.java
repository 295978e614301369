package io.framewatch.store.flush;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.store.clickhouse.Batches;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.FlushMemory;
import io.framewatch.store.clickhouse.Insert;
import io.framewatch.store.clickhouse.Inserts;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.store.record.FlushMark;
import io.framewatch.store.record.RecordType;
import io.framewatch.store.record.Records;
import io.framewatch.wal.Wal;
import io.framewatch.wal.WalCursor;
import io.framewatch.wal.WalDamage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Moves what is in the log into the engine, exactly once, on a thread of its own. While the engine
/// is away the log grows and the flusher tries again. Thread safe.
public final class Flusher implements AutoCloseable {

    private static final Duration RETRY_MIN = Duration.ofMillis(100);

    private final Wal wal;
    private final ClickHouse clickHouse;
    private final Migrations migrations;
    private final FlushOptions options;
    private final Clock clock;
    private final Consumer<String> log;
    private final Consumer<Flushed> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    // Of the flusher's thread alone.
    private WalCursor cursor;
    private @Nullable Round unfinished;
    private long nextBatch;
    private boolean prepared;

    /// Bytes of records appended since the last look at the log.
    private final AtomicLong waitingBytes = new AtomicLong();

    /// Written by the flusher's thread before anyone is told that more is flushed.
    private volatile Flushed flushed;

    // Guarded by the lock.
    private FlushStatus status;
    private long wanted;
    private boolean muchWaits;
    private boolean ready;
    private boolean closing;

    /// Inserts that belong together, with their mark in the log and the memory that they lie in.
    private record Round(FlushMark mark, List<Insert> inserts, FlushMemory memory) {}

    /// A flusher that has read in the log what a crash left unfinished, and waits for [#begin].
    /// `listener` is told whenever more is flushed, by the flusher's thread.
    Flusher(
            Wal wal,
            ClickHouse clickHouse,
            Migrations migrations,
            FlushOptions options,
            Clock clock,
            Consumer<Flushed> listener,
            Consumer<String> log) {
        this.wal = wal;
        this.clock = clock;
        this.clickHouse = clickHouse;
        this.migrations = migrations;
        this.options = options;
        this.listener = listener;
        this.log = log;
        LogReader found = new LogReader(0);
        wal.replay(1, found);
        FlushMark done = found.done;
        FlushMark begun = found.begun;
        long upTo = done == null ? 0 : done.toSequence();
        this.nextBatch = done == null ? 1 : done.lastBatch() + 1;
        this.flushed = new Flushed(upTo, nextBatch - 1);
        if (begun != null && begun.toSequence() > upTo) {
            this.unfinished = rebuild(begun);
            this.flushed = new Flushed(upTo, begun.firstBatch() - 1);
            this.nextBatch = begun.lastBatch() + 1;
            this.cursor = wal.cursor(begun.toSequence() + 1);
        } else {
            this.cursor = wal.cursor(upTo + 1);
        }
        this.status = new FlushStatus(upTo, 0, 0, 0, 0, "", found.damages.size());
        found.damages.forEach(damage -> log.accept(damage.message()));
        this.thread = Thread.ofPlatform().name("flusher").daemon().unstarted(this::run);
    }

    /// Reads the log for what a crash left unfinished, and starts. `log` receives lines about
    /// trouble.
    public static Flusher start(
            Wal wal,
            ClickHouse clickHouse,
            Migrations migrations,
            FlushOptions options,
            Clock clock,
            Consumer<String> log) {
        Flusher flusher = new Flusher(wal, clickHouse, migrations, options, clock, _ -> {}, log);
        flusher.begin();
        return flusher;
    }

    void begin() {
        thread.start();
    }

    /// How far the engine is; meaningful once [#awaitReady] has returned.
    public Flushed flushed() {
        return flushed;
    }

    /// A record of so many bytes was appended.
    void appended(int bytes) {
        long before = waitingBytes.getAndAdd(bytes);
        int max = options.waitingBytesMax();
        if (before < max && before + bytes >= max) {
            lock.lock();
            try {
                muchWaits = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Returns when the engine has answered once, so that it is known what it has.
    ///
    /// Throws `FaultException` with code `engine_behind`, turn `LATER`, after `patience`.
    public void awaitReady(Duration patience) {
        awaitFlushed(0, patience);
    }

    /// Makes the inserts of a mark again from the records it names.
    private Round rebuild(FlushMark mark) {
        LogReader range = new LogReader(mark.toSequence());
        wal.replay(mark.fromSequence(), range);
        FlushMemory memory = new FlushMemory();
        List<Insert> inserts = Inserts.of(range.records, mark.firstBatch(), memory);
        if (!range.damages.isEmpty() || inserts.size() != mark.batches().size()) {
            log.accept(
                    "flush of records %d to %d was interrupted and its log is damaged: what is"
                                    .formatted(mark.fromSequence(), mark.toSequence())
                            + " readable is sent under new numbers, some rows may be there twice");
            inserts = Inserts.of(range.records, mark.lastBatch() + 1, memory);
            return new Round(
                    markOf(inserts, mark.fromSequence(), mark.toSequence(), mark.lastBatch() + 1),
                    inserts,
                    memory);
        }
        return new Round(mark, inserts, memory);
    }

    private static FlushMark markOf(List<Insert> inserts, long from, long to, long firstBatch) {
        List<FlushMark.Batch> batches =
                inserts.stream()
                        .map(one -> new FlushMark.Batch(one.table(), one.block().rows()))
                        .toList();
        return new FlushMark(from, to, firstBatch, batches);
    }

    /// How it is.
    public FlushStatus status() {
        lock.lock();
        try {
            return status;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when every record up to `sequence` is in the engine. Many may wait for one flush.
    ///
    /// Throws `FaultException` with code `engine_behind`, turn `LATER`, after `patience`.
    public void awaitFlushed(long sequence, Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            wanted = Math.max(wanted, sequence);
            changed.signalAll();
            while (!(ready && status.flushedSequence() >= sequence) && left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
            if (!ready || status.flushedSequence() < sequence) {
                throw new FaultException(behind());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new FaultException(behind(), stopped);
        } finally {
            lock.unlock();
        }
    }

    private Fault behind() {
        String why = status.lastFailure();
        return Fault.later(
                "engine_behind",
                "The storage engine has not taken in the newest data"
                        + (why.isEmpty() ? "." : ": " + why),
                "Try again in a few seconds; recent data is answered meanwhile.");
    }

    private void run() {
        Duration pause = RETRY_MIN;
        Trouble trouble = new Trouble(clock, log);
        while (!closed()) {
            try {
                prepare();
                flushWhatWaits();
                pause = RETRY_MIN;
                trouble.over();
                idle();
            } catch (FaultException | EngineException failed) {
                failed(failed);
                trouble.goesOn(failed);
                await(pause, false);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(options.retryMax()) > 0 ? options.retryMax() : longer;
            }
        }
    }

    /// What comes meanwhile waits for the next time: it would make one small part after the other,
    /// as long as samples come at all.
    private void flushWhatWaits() {
        long last = wal.lastSequence();
        boolean more = true;
        while (more && !closed()) {
            more = flushOnce() && cursor.next() <= last;
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for the next time to flush: at least the gap, then until somebody waits, or much does,
    /// or the interval is over.
    private void idle() {
        await(options.gapMin(), false);
        await(options.interval().minus(options.gapMin()), true);
        lock.lock();
        try {
            muchWaits = false;
            waitingBytes.set(0);
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration pause, boolean untilWanted) {
        long left = pause.toNanos();
        lock.lock();
        try {
            while (left > 0 && !closing && !(untilWanted && isWanted())) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException stop) {
            closing = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isWanted() {
        return muchWaits || wanted > status.flushedSequence();
    }

    private void failed(RuntimeException failure) {
        String why = String.valueOf(failure.getMessage());
        lock.lock();
        try {
            FlushStatus s = status;
            status =
                    new FlushStatus(
                            s.flushedSequence(),
                            s.batches(),
                            s.rows(),
                            s.resent(),
                            s.failures() + 1,
                            why,
                            s.damages());
        } finally {
            lock.unlock();
        }
    }

    /// Once the engine first answers: brings it up to the schema, and makes sure that no number is
    /// used twice even if the log was lost.
    private void prepare() {
        if (prepared) {
            return;
        }
        migrations.run();
        if (unfinished == null) {
            nextBatch = Math.max(nextBatch, Batches.newest(clickHouse) + 1);
            flushed = new Flushed(flushed.sequence(), nextBatch - 1);
        }
        prepared = true;
    }

    /// Flushes a stretch of the log; false when there is nothing more.
    private boolean flushOnce() {
        Round round = unfinished;
        if (round != null) {
            finish(round, true);
            nextBatch = Math.max(nextBatch, Batches.newest(clickHouse) + 1);
            return true;
        }
        Round next = nextRound();
        if (next == null) {
            advance(new Flushed(cursor.next() - 1, flushed.batch()), List.of(), 0);
            return false;
        }
        if (next.inserts().isEmpty()) {
            next.memory().close();
            advance(new Flushed(next.mark().toSequence(), flushed.batch()), List.of(), 0);
            return true;
        }
        // From here on the round is not forgotten, whatever happens.
        unfinished = next;
        wal.appendReserved(RecordType.FLUSH_BEGUN, next.mark().encode());
        finish(next, false);
        return true;
    }

    /// What is read next in the log, up to the amount that is flushed before the interval is over,
    /// or little more; null when there is nothing. If it fails, the next call reads the same again.
    private @Nullable Round nextRound() {
        long from = cursor.next();
        boolean taken = false;
        try (FlushMemory image = new FlushMemory()) {
            LogReader found = LogReader.lent();
            boolean any = false;
            while (found.isSmall(options.waitingBytesMax()) && cursor.read(found, image::bytes)) {
                any = true;
            }
            Round round = any ? roundOf(found.records, from, cursor.next() - 1) : null;
            taken = true;
            damaged(found.damages);
            return round;
        } finally {
            if (!taken) {
                cursor = wal.cursor(from);
            }
        }
    }

    private void damaged(List<WalDamage> damages) {
        damages.forEach(damage -> log.accept(damage.message()));
        lock.lock();
        try {
            status = status.withMoreDamages(damages.size());
        } finally {
            lock.unlock();
        }
    }

    private Round roundOf(Records records, long from, long to) {
        FlushMemory memory = new FlushMemory();
        boolean made = false;
        try {
            List<Insert> inserts = Inserts.of(records, nextBatch, memory);
            FlushMark mark = markOf(inserts, from, to, nextBatch);
            nextBatch = mark.lastBatch() + 1;
            made = true;
            return new Round(mark, inserts, memory);
        } finally {
            if (!made) {
                memory.close();
            }
        }
    }

    /// Sends what the engine does not have. `again` if some of it may have been sent before.
    private void finish(Round round, boolean again) {
        unfinished = round;
        List<Insert> missing = again ? missing(round) : round.inserts();
        for (Insert insert : missing) {
            clickHouse.insert(insert.table(), insert.block(), id(insert));
        }
        wal.appendReserved(RecordType.FLUSH_DONE, round.mark().encode());
        unfinished = null;
        advance(
                new Flushed(round.mark().toSequence(), round.mark().lastBatch()),
                round.inserts(),
                again ? missing.size() : 0);
        round.memory().close();
        wal.truncateBefore(round.mark().toSequence() + 1);
    }

    private static String id(Insert insert) {
        return "framewatch-flush-" + insert.batch();
    }

    private List<Insert> missing(Round round) {
        for (Insert insert : round.inserts()) {
            // An insert whose answer was lost may still be running.
            while (clickHouse.stop(id(insert))) {
                await(RETRY_MIN, false);
                if (closed()) {
                    throw new FaultException(behind());
                }
            }
        }
        List<Insert> missing = new ArrayList<>();
        for (String table : Inserts.tables()) {
            List<Insert> own =
                    round.inserts().stream().filter(one -> one.table().equals(table)).toList();
            if (!own.isEmpty()) {
                Set<Long> there =
                        Batches.present(
                                clickHouse, table, own.getFirst().batch(), own.getLast().batch());
                own.stream().filter(one -> !there.contains(one.batch())).forEach(missing::add);
            }
        }
        return missing;
    }

    private void advance(Flushed to, List<Insert> inserts, int resent) {
        flushed = new Flushed(Math.max(flushed.sequence(), to.sequence()), to.batch());
        listener.accept(flushed);
        long rows = inserts.stream().mapToLong(one -> one.block().rows()).sum();
        lock.lock();
        try {
            FlushStatus s = status;
            status =
                    new FlushStatus(
                            flushed.sequence(),
                            s.batches() + inserts.size(),
                            s.rows() + rows,
                            s.resent() + resent,
                            s.failures(),
                            "",
                            s.damages());
            ready = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Stops after the insert under way. What is not flushed is flushed after the next start.
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return;
        }
        Round left = unfinished;
        unfinished = null;
        if (left != null) {
            left.memory().close();
        }
    }
}

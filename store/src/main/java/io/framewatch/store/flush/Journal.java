package io.framewatch.store.flush;

import io.framewatch.model.Clock;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.Migrations;
import io.framewatch.wal.Wal;
import io.framewatch.wal.WalDamage;
import io.framewatch.wal.WalOptions;
import io.framewatch.wal.WalStats;
import io.framewatch.wal.WalVisitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The write-ahead log of a data folder and what empties it, shared by the stores of all signals:
/// one stream of syncs, one numbering of records, one of inserts. Thread safe.
public final class Journal implements AutoCloseable {

    private final Wal wal;
    private final boolean wasEmpty;
    private final Flusher flusher;
    private final Map<Integer, Follower> followers = new HashMap<>();
    private final CopyOnWriteArrayList<Consumer<Flushed>> listeners = new CopyOnWriteArrayList<>();

    /// Number of the newest data record; what lies behind it are marks of flushes.
    private final AtomicLong newest = new AtomicLong();

    private final Clock clock;
    private final FlushLag lag = new FlushLag();
    private final FlushReach reach = new FlushReach();
    private final FlushReach rowReach = new FlushReach();

    /// Who keeps records of one type in memory while they are not flushed.
    public interface Follower {

        /// A record that an earlier run has left unflushed. `payload` is valid only meanwhile.
        void unflushed(long sequence, ByteBuffer payload);

        /// More has been flushed.
        void flushed(Flushed to);
    }

    private Journal(
            Path folder,
            ClickHouse clickHouse,
            Migrations migrations,
            WalOptions walOptions,
            FlushOptions flushOptions,
            Clock clock,
            Consumer<String> log) {
        this.clock = clock;
        this.wal = Wal.open(folder.resolve("wal"), walOptions, clock);
        this.wasEmpty = wal.lastSequence() == 0;
        this.newest.set(wal.lastSequence());
        lag.appended(wal.lastSequence(), clock.nowMs());
        reach.appended(wal.lastSequence(), Long.MIN_VALUE);
        rowReach.appended(wal.lastSequence(), Long.MIN_VALUE);
        try {
            this.flusher =
                    new Flusher(
                            wal, clickHouse, migrations, flushOptions, clock, this::flushed, log);
        } catch (RuntimeException unreadable) {
            wal.close();
            throw unreadable;
        }
    }

    /// Opens the log in `folder`. Nothing is flushed before [#start]. `log` receives lines about
    /// trouble.
    public static Journal open(
            Path folder,
            ClickHouse clickHouse,
            Migrations migrations,
            WalOptions walOptions,
            FlushOptions flushOptions,
            Clock clock,
            Consumer<String> log) {
        return new Journal(folder, clickHouse, migrations, walOptions, flushOptions, clock, log);
    }

    /// Has `follower` told of records of `type`; before [#start].
    public void follow(int type, Follower follower) {
        followers.put(type, follower);
        listeners.add(follower::flushed);
    }

    /// Tells the followers what is unflushed, then begins to flush.
    public void start() {
        if (!followers.isEmpty()) {
            wal.replay(flusher.flushed().sequence() + 1, new Unflushed());
        }
        flusher.begin();
    }

    private final class Unflushed implements WalVisitor {

        @Override
        public void record(long sequence, int type, ByteBuffer payload) {
            Follower follower = followers.get(type);
            if (follower != null) {
                follower.unflushed(sequence, payload);
            }
        }

        @Override
        public void damaged(WalDamage damage) {
            // The flusher has told of it.
        }
    }

    private void flushed(Flushed to) {
        lag.flushed(to.sequence());
        reach.flushed(to.sequence());
        rowReach.flushed(to.sequence());
        listeners.forEach(listener -> listener.accept(to));
    }

    /// Appends a data record and returns its number when it is synced. Throws what [Wal#append(int,
    /// ByteBuffer)] throws; then the record is not in the log. Who reads its rows finds those that
    /// are not flushed elsewhere.
    public long append(int type, ByteBuffer payload) {
        return append(type, payload, Long.MAX_VALUE, false, false);
    }

    /// As above, of a record whose rows, none older than `oldestMs`, Unix milliseconds, are read
    /// behind [#awaitFlushed(long, Duration)].
    ///
    /// @param news whether it also tells something that counts for any time
    /// @param patient whether the record may wait for others to share a sync with
    public long append(int type, ByteBuffer payload, long oldestMs, boolean news, boolean patient) {
        int bytes = payload.remaining();
        long sequence = patient ? wal.appendPatiently(type, payload) : wal.append(type, payload);
        reach.appended(sequence, news ? Long.MIN_VALUE : oldestMs);
        rowReach.appended(sequence, oldestMs);
        newest.accumulateAndGet(sequence, Math::max);
        lag.appended(sequence, clock.nowMs());
        flusher.appended(bytes);
        return sequence;
    }

    /// Whether the log was new when it was opened: no record was ever in it.
    public boolean wasEmpty() {
        return wasEmpty;
    }

    /// How far the engine is; meaningful once [#awaitReady] has returned.
    public Flushed flushed() {
        return flusher.flushed();
    }

    /// Returns when the engine has answered once since the start. Throws `engine_behind` after
    /// `patience`.
    public void awaitReady(Duration patience) {
        flusher.awaitReady(patience);
    }

    /// Returns when everything appended so far is in the engine. Throws `engine_behind` after
    /// `patience`.
    public void awaitFlushed(Duration patience) {
        flusher.awaitFlushed(newest.get(), patience);
    }

    /// As above, unless all that is not yet in the engine is newer than `upToMs`, Unix
    /// milliseconds: who asks for what is older need not wait.
    public void awaitFlushed(long upToMs, Duration patience) {
        if (reach.reachesBackTo(upToMs)) {
            awaitFlushed(patience);
        }
    }

    /// As above, but news do not count: for who knows what is new from elsewhere.
    public void awaitRowsFlushed(long upToMs, Duration patience) {
        if (rowReach.reachesBackTo(upToMs)) {
            awaitFlushed(patience);
        }
    }

    /// Data records that are not yet in the engine.
    public long lagRecords() {
        return Math.max(0, newest.get() - flusher.status().flushedSequence());
    }

    /// How long the oldest of them has waited, milliseconds.
    public long lagMs() {
        return lag.ms(clock.nowMs());
    }

    /// How the flusher is.
    public FlushStatus flushStatus() {
        return flusher.status();
    }

    /// How the log is.
    public WalStats walStats() {
        return wal.stats();
    }

    /// Stops the flusher and closes the log. What is not flushed yet is flushed after the next
    /// start.
    @Override
    public void close() {
        try (wal) {
            flusher.close();
        }
    }
}

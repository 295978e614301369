package io.framewatch.store.tail;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.store.flush.Flushed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The newest records of one signal in memory: all that are not flushed, and of the flushed ones
/// the newest, as far as they fit into half of the budget. Together with the rows of the engine up
/// to [Flushed#batch] the unflushed ones are everything, each once; and whatever lies behind
/// [#completeFromNs] is here wholly. Thread safe.
///
/// @param <T> line or span
public final class Tail<T> {

    private final String what;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final NavigableMap<Long, Chunk<T>> chunks = new TreeMap<>();
    private final Map<Tenant, Integer> chunksOf = new HashMap<>();
    private Flushed flushed = new Flushed(0, 0);
    private long completeFromNs;
    private long bytes;
    private long unflushedBytes;

    /// The lines or spans of one record.
    ///
    /// @param tenant whose
    /// @param items the lines or spans in the order of their arrival
    /// @param minNs earliest time among them, Unix nanoseconds
    /// @param maxNs latest time among them, Unix nanoseconds
    /// @param bytes what they take in memory, roughly
    public record Chunk<T>(Tenant tenant, List<T> items, long minNs, long maxNs, long bytes) {

        boolean touches(long fromNs, long toNs) {
            return maxNs >= fromNs && minNs < toNs;
        }
    }

    /// What is in memory alone, and how far the engine's part goes.
    ///
    /// @param unflushed lines or spans that are not among the rows up to `flushed`, in the order of
    ///   their arrival
    /// @param flushed how far the engine's part goes
    public record View<T>(List<T> unflushed, Flushed flushed) {}

    /// An empty tail.
    ///
    /// @param what the lines or spans, as a person calls them
    /// @param bytesMax memory for them, roughly
    /// @param completeFromNs from when on all are here, Unix nanoseconds
    public Tail(String what, long bytesMax, long completeFromNs) {
        this.what = what;
        this.bytesMax = bytesMax;
        this.completeFromNs = completeFromNs;
    }

    /// Makes room for `more` bytes, to be filled by [#add] or given back by [#withdraw].
    ///
    /// Throws `FaultException` with code `unflushed_full`, turn `LATER`, when what waits for the
    /// engine fills the budget.
    public void admit(long more) {
        lock.lock();
        try {
            if (unflushedBytes > 0 && unflushedBytes + more > bytesMax) {
                throw new FaultException(
                        Fault.later(
                                "unflushed_full",
                                "The %s that wait for the storage engine fill their %d bytes."
                                        .formatted(what, bytesMax),
                                "Send the data again later."));
            }
            unflushedBytes += more;
            bytes += more;
        } finally {
            lock.unlock();
        }
    }

    /// Gives room back whose record did not get into the log.
    public void withdraw(long more) {
        lock.lock();
        try {
            unflushedBytes -= more;
            bytes -= more;
        } finally {
            lock.unlock();
        }
    }

    /// Enters what record `sequence` holds, for which room was made.
    public void add(long sequence, Chunk<T> chunk) {
        lock.lock();
        try {
            chunks.put(sequence, chunk);
            chunksOf.merge(chunk.tenant(), 1, Integer::sum);
            if (sequence <= flushed.sequence()) {
                // The flusher was quicker.
                unflushedBytes -= chunk.bytes();
                evict();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Enters an unflushed record of an earlier run, which has its place whatever the budget.
    public void restore(long sequence, Chunk<T> chunk) {
        lock.lock();
        try {
            unflushedBytes += chunk.bytes();
            bytes += chunk.bytes();
        } finally {
            lock.unlock();
        }
        add(sequence, chunk);
    }

    /// Takes note that more is flushed. `to` never goes back.
    public void flushed(Flushed to) {
        lock.lock();
        try {
            for (Chunk<T> chunk :
                    chunks.subMap(flushed.sequence(), false, to.sequence(), true).values()) {
                unflushedBytes -= chunk.bytes();
            }
            flushed = to;
            evict();
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        while (bytes > bytesMax / 2
                && !chunks.isEmpty()
                && chunks.firstKey() <= flushed.sequence()) {
            Chunk<T> oldest = chunks.pollFirstEntry().getValue();
            bytes -= oldest.bytes();
            chunksOf.computeIfPresent(oldest.tenant(), (_, n) -> n == 1 ? null : n - 1);
            completeFromNs = Math.max(completeFromNs, oldest.maxNs() + 1);
        }
    }

    /// Whether all that was appended with a time from `fromNs` on is here.
    public boolean holdsAllFrom(long fromNs) {
        lock.lock();
        try {
            return fromNs >= completeFromNs;
        } finally {
            lock.unlock();
        }
    }

    /// What is not flushed of a tenant with times from `fromNs` (inclusive) to `toNs` (exclusive);
    /// some may lie outside. `atLeast` is what the flusher has told last.
    public View<T> view(Tenant tenant, long fromNs, long toNs, Flushed atLeast) {
        lock.lock();
        try {
            Flushed upTo = flushed.compareTo(atLeast) >= 0 ? flushed : atLeast;
            return new View<>(items(tenant, fromNs, toNs, upTo.sequence()), upTo);
        } finally {
            lock.unlock();
        }
    }

    /// Everything that is here of a tenant with times from `fromNs` (inclusive) to `toNs`
    /// (exclusive), in the order of arrival; some may lie outside.
    public List<T> all(Tenant tenant, long fromNs, long toNs) {
        lock.lock();
        try {
            return items(tenant, fromNs, toNs, -1);
        } finally {
            lock.unlock();
        }
    }

    private List<T> items(Tenant tenant, long fromNs, long toNs, long behind) {
        List<T> items = new ArrayList<>();
        if (chunksOf.containsKey(tenant)) {
            for (Chunk<T> chunk : chunks.tailMap(behind, false).values()) {
                if (chunk.tenant().equals(tenant) && chunk.touches(fromNs, toNs)) {
                    items.addAll(chunk.items());
                }
            }
        }
        return items;
    }

    /// Bytes in memory, roughly.
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}

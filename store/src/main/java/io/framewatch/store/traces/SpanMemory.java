package io.framewatch.store.traces;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that spans take while they are read, so that wide searches end in a fault and not in
/// a full heap. Thread safe.
final class SpanMemory {

    private final long bytesMax;
    private final long readBytesMax;
    private final AtomicLong held = new AtomicLong();

    /// @param bytesMax of all reads together
    /// @param readBytesMax of one
    SpanMemory(long bytesMax, long readBytesMax) {
        this.bytesMax = bytesMax;
        this.readBytesMax = readBytesMax;
    }

    /// An eighth of the heap for all reads, half of that for one.
    static SpanMemory ofProcess() {
        long all = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8);
        return new SpanMemory(all, all / 2);
    }

    /// What one read holds. Used by one thread.
    final class Read implements AutoCloseable {

        private long own;

        /// Counts `bytes` more. Throws `query_limit` where the read holds too much, and
        /// `query_memory`, turn `LATER`, where all reads together do.
        void add(long bytes) {
            own += bytes;
            long all = held.addAndGet(bytes);
            if (own > readBytesMax) {
                throw new FaultException(
                        Fault.caller(
                                "query_limit",
                                "The spans of the traces take more than "
                                        + (readBytesMax >> 20)
                                        + " MiB of memory.",
                                "Ask for fewer traces, or narrow the search."));
            }
            if (all > bytesMax) {
                throw new FaultException(
                        Fault.later(
                                "query_memory",
                                "The reads of traces under way hold as much as fits into memory.",
                                "Try again in a few seconds, or ask for fewer traces."));
            }
        }

        @Override
        public void close() {
            held.addAndGet(-own);
            own = 0;
        }
    }

    Read read() {
        return new Read();
    }

    /// What all reads hold, bytes.
    long held() {
        return held.get();
    }
}

package io.framewatch.ingest.spool;

import io.framewatch.wal.WalCursor;
import io.framewatch.wal.WalDamage;
import io.framewatch.wal.WalVisitor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Chunks of one kind in their order. Holds what one segment of the log has of them. Belongs to one
/// thread.
public final class SpoolReader implements WalVisitor {

    private final Kind kind;
    private final LongFunction<WalCursor> cursors;
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private WalCursor cursor;

    /// Number of the record at which reading failed last; -1 if it has worked since.
    private long failedAt = -1;

    SpoolReader(Kind kind, long from, LongFunction<WalCursor> cursors) {
        this.kind = kind;
        this.cursors = cursors;
        this.cursor = cursors.apply(from);
    }

    /// The next chunk, or null if there is none now. A file that goes while it is read, because the
    /// spool needed the room, is passed over.
    ///
    /// Throws when reading fails at the same record again: then the file is there and cannot be
    /// read. The next call tries once more.
    public @Nullable Chunk next() {
        while (waiting.isEmpty()) {
            long before = cursor.next();
            try {
                if (!cursor.read(this)) {
                    return null;
                }
                failedAt = -1;
            } catch (RuntimeException gone) {
                waiting.clear();
                cursor = cursors.apply(before);
                if (failedAt == before) {
                    throw gone;
                }
                failedAt = before;
                return null;
            }
        }
        return waiting.remove();
    }

    /// Number of the record that would be read next.
    public long upTo() {
        return cursor.next();
    }

    @Override
    public void record(long sequence, int type, ByteBuffer payload) {
        SpoolRecord.decode(sequence, type, payload, kind, waiting::add);
    }

    @Override
    public void damaged(WalDamage damage) {
        // What is lost shows in the totals of the next chunk.
    }
}

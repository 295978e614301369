package io.framewatch.store.flush;

import io.framewatch.store.record.FlushMark;
import io.framewatch.store.record.RecordType;
import io.framewatch.store.record.Records;
import io.framewatch.wal.WalDamage;
import io.framewatch.wal.WalVisitor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers what a stretch of the log holds.
final class LogReader implements WalVisitor {

    final Records records = new Records();
    final List<WalDamage> damages = new ArrayList<>();
    @Nullable FlushMark begun;
    @Nullable FlushMark done;

    private final long dataUpTo;
    private final boolean lent;
    private long bytes;

    /// @param dataUpTo data records behind this one are left out
    LogReader(long dataUpTo) {
        this(dataUpTo, false);
    }

    private LogReader(long dataUpTo, boolean lent) {
        this.dataUpTo = dataUpTo;
        this.lent = lent;
    }

    /// A reader of everything, that is given memory which stays as it is while its records are
    /// used.
    static LogReader lent() {
        return new LogReader(Long.MAX_VALUE, true);
    }

    /// Whether a flush of what was read would be small: less than `bytesMax`, and nothing but
    /// numbers, which lie outside the heap.
    boolean isSmall(long bytesMax) {
        return bytes < bytesMax && records.logs().isEmpty() && records.spans().isEmpty();
    }

    @Override
    public void record(long sequence, int type, ByteBuffer payload) {
        switch (type) {
            case RecordType.METRICS, RecordType.LOGS, RecordType.SPANS -> {
                if (sequence <= dataUpTo) {
                    bytes += payload.remaining();
                    records.add(type, payload, lent);
                }
            }
            case RecordType.FLUSH_BEGUN -> begun = FlushMark.decode(payload);
            case RecordType.FLUSH_DONE -> done = FlushMark.decode(payload);
            default ->
                    throw new IllegalStateException(
                            "record " + sequence + " is of the unknown type " + type);
        }
    }

    @Override
    public void damaged(WalDamage damage) {
        damages.add(damage);
    }
}

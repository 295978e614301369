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

    /// @param dataUpTo data records behind this one are left out
    LogReader(long dataUpTo) {
        this.dataUpTo = dataUpTo;
    }

    @Override
    public void record(long sequence, int type, ByteBuffer payload) {
        switch (type) {
            case RecordType.METRICS, RecordType.LOGS, RecordType.SPANS -> {
                if (sequence <= dataUpTo) {
                    records.add(type, payload);
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

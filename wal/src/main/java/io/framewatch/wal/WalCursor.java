package io.framewatch.wal;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.wal.WalDamage.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Follows a log while it grows: each call goes on where the one before ended and reads only what
/// is new. Not thread safe; appends and truncations may go on beside it.
public final class WalCursor {

    private final Segments segments;
    private @Nullable SegmentFile file;
    private long offset;

    /// Number of the next record to be visited.
    private long next;

    /// Number of the record that stands at the offset.
    private long expected;

    /// Memory outside the heap is given back late.
    private ByteBuffer image = ByteBuffer.allocate(0);

    WalCursor(Segments segments, long from) {
        this.segments = segments;
        this.next = from;
    }

    /// Number of the next record to be visited.
    public long next() {
        return next;
    }

    /// Visits records in a buffer that is used again: they are to be copied.
    public boolean read(WalVisitor visitor) {
        return read(visitor, this::image);
    }

    private ByteBuffer image(int bytes) {
        if (image.capacity() < bytes) {
            image = ByteBuffer.allocateDirect(bytes);
        }
        return image.clear().limit(bytes);
    }

    /// Visits records that are synced and not yet visited, at most to the end of a segment. Returns
    /// whether it read anything; call again until it did not. The records lie in one buffer that
    /// `memory` gives for the number of bytes it is called with, and stay there as long as it does.
    public boolean read(WalVisitor visitor, IntFunction<ByteBuffer> memory) {
        Segments.Extent extent = current(visitor);
        if (extent == null) {
            return false;
        }
        try {
            ByteBuffer image = extent.file().read(offset, extent.bytes(), memory);
            SegmentScan scan =
                    new SegmentScan(extent.file(), image, extent.last(), offset, expected);
            scan.run(next, visitor);
            offset = extent.bytes();
            expected = scan.nextSequence();
            next = Math.max(next, expected);
            return true;
        } catch (IOException failed) {
            throw new FaultException(
                    Fault.operator(
                            "wal_unreadable",
                            "A file of the write-ahead log cannot be read: " + failed,
                            "Look at the disk."),
                    failed);
        }
    }

    /// The segment to read from, with the offset set in it; null if there is nothing new.
    private Segments.@Nullable Extent current(WalVisitor visitor) {
        Segments.Extent best = null;
        for (Segments.Extent extent : segments.readable()) {
            boolean mine = file != null && file.firstSequence() == extent.file().firstSequence();
            if (mine && offset < extent.bytes()) {
                return extent;
            }
            boolean behind = file != null && extent.file().firstSequence() > file.firstSequence();
            if (file == null && (best == null || extent.file().firstSequence() <= next)) {
                best = extent;
            } else if (behind && best == null) {
                best = extent;
            }
        }
        if (best == null || best.bytes() <= SegmentFile.HEADER_BYTES) {
            return null;
        }
        enter(best.file(), visitor);
        return best;
    }

    private void enter(SegmentFile entered, WalVisitor visitor) {
        long first = entered.firstSequence();
        if (first > next) {
            visitor.damaged(new WalDamage(Kind.MISSING, entered.path(), 0, 0, next, first - next));
        }
        file = entered;
        offset = 0;
        expected = first;
        next = Math.max(next, first);
    }
}

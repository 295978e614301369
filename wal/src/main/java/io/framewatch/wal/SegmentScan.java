package io.framewatch.wal;

import io.framewatch.wal.WalDamage.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads the image of one segment from front to back, around whatever is damaged.
///
/// A record counts as intact if its header and payload checksums hold and its number lies ahead.
/// Behind a bad place the scan looks for the next intact record. A group is written only after the
/// group before is synced, so an intact record of a *later* group proves that the bad place once
/// was synced: corrupt, not torn.
final class SegmentScan {

    /// A number further ahead than this is taken for a coincidence, not for a record.
    private static final long AHEAD_MAX = 1L << 32;

    private final SegmentFile file;
    private final ByteBuffer image;
    private final int limit;
    private final boolean last;

    /// Where in the file the image starts.
    private final long base;

    private long expected;
    private int tailFrom;

    /// A scan of a whole segment.
    ///
    /// @param image the file's bytes, little endian
    /// @param last whether it is the last segment, whose end may be torn
    SegmentScan(SegmentFile file, ByteBuffer image, boolean last) {
        this(file, image, last, 0, file.firstSequence());
    }

    /// A scan from byte `base` of the file, where record `expected` should stand.
    SegmentScan(SegmentFile file, ByteBuffer image, boolean last, long base, long expected) {
        this.file = file;
        this.image = image;
        this.limit = image.limit();
        this.last = last;
        this.base = base;
        this.expected = expected;
        this.tailFrom = limit;
    }

    /// Gives records numbered `from` and up, and every damaged place, to `visitor`.
    void run(long from, WalVisitor visitor) {
        int offset = base == 0 ? SegmentFile.HEADER_BYTES : 0;
        if (base == 0 && !file.headerIsIntact(image, limit)) {
            report(Kind.CORRUPT, 0, Math.min(limit, SegmentFile.HEADER_BYTES), 0, visitor);
        }
        while (offset < limit) {
            if (isRecord(offset)) {
                offset = visit(offset, from, visitor);
            } else {
                offset = skip(offset, visitor);
            }
        }
    }

    private int visit(int offset, long from, WalVisitor visitor) {
        RecordHeader header = RecordHeader.read(image, offset);
        int start = offset + RecordHeader.BYTES;
        int end = start + header.payloadBytes();
        if (header.sequence() > expected) {
            report(Kind.CORRUPT, offset, 0, header.sequence() - expected, visitor);
        }
        expected = header.sequence() + 1;
        if (header.sequence() >= from) {
            ByteBuffer payload = image.slice(start, header.payloadBytes()).asReadOnlyBuffer();
            visitor.record(
                    header.sequence(), header.type(), payload.order(ByteOrder.LITTLE_ENDIAN));
        }
        return end;
    }

    /// Reports the bad place at `offset` and returns where the next intact record stands.
    private int skip(int offset, WalVisitor visitor) {
        int next = nextRecord(offset);
        if (next == limit) {
            if (last) {
                tailFrom = offset;
            }
            report(last ? Kind.TORN : Kind.CORRUPT, offset, limit - offset, -1, visitor);
            return limit;
        }
        long lost = RecordHeader.read(image, next).sequence() - expected;
        Kind kind = last && !laterGroupFollows(next) ? Kind.TORN : Kind.CORRUPT;
        report(kind, offset, next - offset, lost, visitor);
        expected += lost;
        return next;
    }

    private int nextRecord(int offset) {
        int from = offset + 1;
        if (RecordHeader.isAt(image, offset, limit)) {
            from = offset + RecordHeader.BYTES + RecordHeader.read(image, offset).payloadBytes();
        }
        for (int at = from; at <= limit - RecordHeader.BYTES; at++) {
            if (isRecord(at)) {
                return at;
            }
        }
        return limit;
    }

    private boolean laterGroupFollows(int offset) {
        for (int at = offset; at < limit; ) {
            if (isRecord(at)) {
                RecordHeader header = RecordHeader.read(image, at);
                if (header.sequence() - header.inGroup() > expected) {
                    return true;
                }
                at += RecordHeader.BYTES + header.payloadBytes();
            } else {
                at = nextRecord(at);
            }
        }
        return false;
    }

    private boolean isRecord(int offset) {
        if (!RecordHeader.isAt(image, offset, limit)) {
            return false;
        }
        RecordHeader header = RecordHeader.read(image, offset);
        return header.sequence() >= expected
                && header.sequence() - expected < AHEAD_MAX
                && header.payloadCrc()
                        == RecordHeader.crc(
                                image, offset + RecordHeader.BYTES, header.payloadBytes());
    }

    private void report(Kind kind, long offset, long bytes, long records, WalVisitor visitor) {
        visitor.damaged(new WalDamage(kind, file.path(), base + offset, bytes, expected, records));
    }

    /// After [#run]: the number that the record behind the last intact one has.
    long nextSequence() {
        return expected;
    }

    /// After [#run]: where the unreadable end of the last segment starts; the end if there is none.
    int tailFrom() {
        return tailFrom;
    }
}

package io.framewatch.wal;

/// The limits of one log.
///
/// @param segmentBytesMax a segment is closed and the next begun before it would grow over this
/// @param totalBytesMax all segments together; beyond it appends are refused until the log is
///   truncated
/// @param recordBytesMax largest payload of one record
/// @param groupBytesMax most bytes written and synced at once
/// @param pendingBytesMax most bytes waiting to be written; beyond it appenders wait
public record WalOptions(
        int segmentBytesMax,
        long totalBytesMax,
        int recordBytesMax,
        int groupBytesMax,
        int pendingBytesMax) {

    private static final int MIB = 1 << 20;

    /// 32 MiB segments, 4 GiB in all, records up to 16 MiB.
    public static final WalOptions DEFAULT =
            new WalOptions(32 * MIB, 4096L * MIB, 16 * MIB, 8 * MIB, 32 * MIB);

    /// Refuses limits that contradict each other.
    public WalOptions {
        if (recordBytesMax < 1
                || groupBytesMax < 1
                || pendingBytesMax < 1
                || segmentBytesMax < SegmentFile.HEADER_BYTES + RecordHeader.BYTES + recordBytesMax
                || totalBytesMax < segmentBytesMax) {
            throw new IllegalArgumentException("limits contradict each other: " + this);
        }
    }

    /// These limits with another total.
    public WalOptions withTotalBytesMax(long bytes) {
        return new WalOptions(
                segmentBytesMax, bytes, recordBytesMax, groupBytesMax, pendingBytesMax);
    }
}

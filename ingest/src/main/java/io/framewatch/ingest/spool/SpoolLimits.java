package io.framewatch.ingest.spool;

import io.framewatch.wal.WalOptions;

/// The limits of the spool.
///
/// @param bytesMax most bytes on the disk; beyond it the oldest rows go
/// @param chunkBytesMax largest chunk, compressed, bytes
public record SpoolLimits(long bytesMax, int chunkBytesMax) {

    private static final int MIB = 1 << 20;

    /// 4 GiB in all, chunks of up to 8 MiB.
    public static final SpoolLimits DEFAULT = new SpoolLimits(4096L * MIB, 8 * MIB);

    /// The smallest `bytesMax` that makes sense.
    public static final long BYTES_MIN = 64L * MIB;

    /// The default with another bound.
    public static SpoolLimits ofBytes(long bytes) {
        return new SpoolLimits(bytes, DEFAULT.chunkBytesMax);
    }

    /// A record holds two chunks at least; a segment two records. The log itself may grow past the
    /// bound by a segment: the spool makes room before that.
    WalOptions log() {
        int record = 2 * chunkBytesMax;
        int segment = record + 4 * 1024;
        return new WalOptions(segment, bytesMax + 4L * segment, record, record, 2 * record);
    }
}

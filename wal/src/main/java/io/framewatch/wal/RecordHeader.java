package io.framewatch.wal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The 32 bytes in front of each payload, little endian. See `docs/formats/wal.md`.
///
/// @param sequence number of the record
/// @param inGroup records of the same group in front of this one
/// @param type what the payload is, 0 to 255, the caller's affair
/// @param payloadBytes length of the payload
/// @param payloadCrc CRC32C of the payload
record RecordHeader(long sequence, int inGroup, int type, int payloadBytes, int payloadCrc) {

    /// Size on disk.
    static final int BYTES = 32;

    /// `FWR1`.
    static final int MAGIC = 0x31525746;

    private static final int CRC_AT = 4;
    private static final int CHECKED_FROM = 8;

    /// Writes the header at the position of `out`, a little-endian buffer, and advances it.
    void write(ByteBuffer out) {
        int start = out.position();
        out.putInt(MAGIC).putInt(0).putInt(payloadBytes).putInt(payloadCrc).putLong(sequence);
        out.putInt(inGroup).put((byte) type).put((byte) 0).put((byte) 0).put((byte) 0);
        out.putInt(start + CRC_AT, crc(out, start + CHECKED_FROM, BYTES - CHECKED_FROM));
    }

    /// Whether an intact header stands at `offset` and its payload fits before `limit`.
    static boolean isAt(ByteBuffer in, int offset, int limit) {
        if (limit - offset < BYTES || in.getInt(offset) != MAGIC) {
            return false;
        }
        int length = in.getInt(offset + CHECKED_FROM);
        return length >= 0
                && length <= limit - offset - BYTES
                && in.getInt(offset + CRC_AT)
                        == crc(in, offset + CHECKED_FROM, BYTES - CHECKED_FROM);
    }

    /// Reads the header at `offset`, where [#isAt] said there is one.
    static RecordHeader read(ByteBuffer in, int offset) {
        return new RecordHeader(
                in.getLong(offset + 16),
                in.getInt(offset + 24),
                in.get(offset + 28) & 0xff,
                in.getInt(offset + CHECKED_FROM),
                in.getInt(offset + 12));
    }

    /// CRC32C of `length` bytes from `offset`; leaves position and limit alone.
    static int crc(ByteBuffer buffer, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(offset, length));
        return (int) crc.getValue();
    }
}

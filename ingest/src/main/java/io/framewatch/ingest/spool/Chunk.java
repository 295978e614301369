package io.framewatch.ingest.spool;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/// Rows of one kind that came together.
///
/// @param tenant whose they are
/// @param kind what they are
/// @param sequence number of the record they stand in
/// @param firstRow rows of the kind that stand before them in that record
/// @param rows how many there are, at least 1
/// @param totalBefore rows of the kind that were ever spooled before them
/// @param appendedMs when they came, Unix milliseconds
/// @param packed the rows as bytes, compressed
@SuppressWarnings("ArrayRecordComponent") // compared by identity alone
public record Chunk(
        Tenant tenant,
        Kind kind,
        long sequence,
        int firstRow,
        int rows,
        long totalBefore,
        long appendedMs,
        byte[] packed) {

    /// The rows as bytes, as they were given to the spool.
    public byte[] unpack() {
        try {
            return Snappy.uncompress(packed);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.defect("Rows of record " + sequence + " cannot be unpacked."), e);
        }
    }

    /// The place behind the first `taken` rows of this chunk.
    public Position behind(int taken) {
        return new Position(sequence, firstRow + taken, totalBefore + taken);
    }
}

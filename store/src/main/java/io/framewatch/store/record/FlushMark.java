package io.framewatch.store.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a flush is about to send, or has sent: the numbered batches and the exact range of records
/// they were made from.
///
/// @param fromSequence first record
/// @param toSequence last record
/// @param firstBatch number of the first batch; the others follow without gaps
/// @param batches table and rows of each, in order
public record FlushMark(long fromSequence, long toSequence, long firstBatch, List<Batch> batches) {

    /// One insert.
    ///
    /// @param table where to
    /// @param rows how many
    public record Batch(String table, int rows) {}

    /// Number of the last batch; one below the first if there is none.
    public long lastBatch() {
        return firstBatch + batches.size() - 1;
    }

    /// The mark as bytes.
    public ByteBuffer encode() {
        ByteWriter out = new ByteWriter(64 + 32 * batches.size());
        out.putLong(fromSequence).putLong(toSequence).putLong(firstBatch).putInt(batches.size());
        for (Batch batch : batches) {
            out.putText(batch.table()).putInt(batch.rows());
        }
        return out.done();
    }

    /// Reads what [#encode] wrote; `in` is little endian.
    public static FlushMark decode(ByteBuffer in) {
        long from = in.getLong();
        long to = in.getLong();
        long first = in.getLong();
        List<Batch> batches = new ArrayList<>();
        for (int n = in.getInt(); n > 0; n--) {
            batches.add(new Batch(ByteWriter.text(in), in.getInt()));
        }
        return new FlushMark(from, to, first, batches);
    }
}

package io.framewatch.ingest.spool;

import io.framewatch.model.Tenant;
import io.framewatch.wal.WalDamage;
import io.framewatch.wal.WalVisitor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// A record of the spool's log: chunks that were written with one sync, and how many rows of each
/// kind came before them. See `docs/formats/spool.md`.
final class SpoolRecord {

    /// Type of the log's records.
    static final int TYPE = 2;

    /// Type of records without tenants: all rows are those of tenant `default`.
    static final int TYPE_WITHOUT_TENANTS = 1;

    private static final Kind[] KINDS = Kind.values();
    private static final int HEADER_BYTES = Long.BYTES + KINDS.length * Long.BYTES + Integer.BYTES;
    private static final int PART_BYTES = 2 + 2 * Integer.BYTES;

    private SpoolRecord() {}

    /// Rows of one kind.
    ///
    /// @param tenant whose they are
    /// @param kind what they are
    /// @param rows how many
    /// @param packed their bytes, compressed
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Part(Tenant tenant, Kind kind, int rows, byte[] packed) {

        int bytes() {
            // Ids of tenants are ASCII.
            return PART_BYTES + tenant.id().length() + packed.length;
        }
    }

    static ByteBuffer encode(long nowMs, long[] totals, List<Part> parts) {
        int bytes = HEADER_BYTES + parts.stream().mapToInt(Part::bytes).sum();
        ByteBuffer out = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(nowMs);
        for (long total : totals) {
            out.putLong(total);
        }
        out.putInt(parts.size());
        for (Part part : parts) {
            out.put((byte) part.kind().ordinal()).putInt(part.rows());
            byte[] tenant = part.tenant().id().getBytes(StandardCharsets.US_ASCII);
            out.put((byte) tenant.length).put(tenant);
            out.putInt(part.packed().length).put(part.packed());
        }
        return out.flip();
    }

    /// Hands the chunks of one kind to `sink`; the bytes of others are not touched.
    static void decode(long sequence, int type, ByteBuffer in, Kind wanted, Consumer<Chunk> sink) {
        long appendedMs = in.getLong();
        long[] totals = totals(in);
        long total = totals[wanted.ordinal()];
        int row = 0;
        for (int n = in.getInt(); n > 0; n--) {
            int kind = in.get();
            int rows = in.getInt();
            byte[] tenant = tenant(type, in);
            int length = in.getInt();
            if (kind == wanted.ordinal()) {
                byte[] packed = new byte[length];
                in.get(packed);
                sink.accept(
                        new Chunk(
                                tenant.length == 0 ? Tenant.DEFAULT : named(tenant),
                                wanted,
                                sequence,
                                row,
                                rows,
                                total,
                                appendedMs,
                                packed));
                row += rows;
                total += rows;
            } else {
                in.position(in.position() + length);
            }
        }
    }

    private static Tenant named(byte[] tenant) {
        return new Tenant(new String(tenant, StandardCharsets.US_ASCII));
    }

    private static byte[] tenant(int type, ByteBuffer in) {
        byte[] tenant = new byte[type == TYPE_WITHOUT_TENANTS ? 0 : in.get()];
        in.get(tenant);
        return tenant;
    }

    private static long[] totals(ByteBuffer in) {
        long[] totals = new long[KINDS.length];
        for (int i = 0; i < totals.length; i++) {
            totals[i] = in.getLong();
        }
        return totals;
    }

    /// Finds the totals behind the last record visited.
    static final class Totals implements WalVisitor {

        private long[] totals = new long[KINDS.length];

        @Override
        public void record(long sequence, int type, ByteBuffer in) {
            in.getLong();
            totals = totals(in);
            for (int n = in.getInt(); n > 0; n--) {
                int kind = in.get();
                totals[kind] += in.getInt();
                tenant(type, in);
                int length = in.getInt();
                in.position(in.position() + length);
            }
        }

        @Override
        public void damaged(WalDamage damage) {
            // What is lost shows in the totals.
        }

        long[] behind() {
            return totals;
        }
    }
}

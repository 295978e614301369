package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.model.StaleNaN;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads blocks of the Native format as they arrive. Knows the few types that our tables have; a
/// SELECT turns others into these. Not thread safe; to be closed.
final class NativeReader implements Result {

    private static final int BUFFER_BYTES = 256 << 10;

    private final HttpClickHouse.Reply reply;
    private ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);

    NativeReader(HttpClickHouse.Reply reply) {
        this.reply = reply;
    }

    @Override
    public @Nullable Block next() {
        while (true) {
            if (!buffer.hasRemaining() && !fill()) {
                return null;
            }
            int columns = (int) varint();
            int rows = (int) varint();
            List<Column> values = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                text();
                values.add(column(text(), rows));
            }
            if (rows > 0) {
                return new Block(rows, values);
            }
        }
    }

    private Column column(String type, int rows) {
        if (type.startsWith("DateTime64")) {
            return longs(rows);
        }
        if (type.equals("Nullable(Float64)")) {
            return nullableDoubles(rows);
        }
        if (type.startsWith("Array(")) {
            int[] ends = ends(rows);
            String element = type.substring("Array(".length(), type.length() - 1);
            return new Column.Lists(ends, column(element, last(ends)));
        }
        return switch (type) {
            case "UInt64", "Int64" -> longs(rows);
            case "UInt32", "Int32", "DateTime", "DateTime('UTC')" -> numbers(rows, Integer.BYTES);
            case "UInt16", "Int16", "Date" -> numbers(rows, Short.BYTES);
            case "UInt8", "Int8", "Bool" -> numbers(rows, Byte.BYTES);
            case "Float64" -> doubles(rows);
            case "String" -> texts(rows);
            case "Map(String, String)" -> maps(rows);
            default -> throw new IllegalStateException("a column of the unknown type " + type);
        };
    }

    private static int last(int[] ends) {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    private int[] ends(int rows) {
        long[] wide = longs(rows).values();
        int[] ends = new int[rows];
        for (int i = 0; i < rows; i++) {
            ends[i] = Math.toIntExact(wide[i]);
        }
        return ends;
    }

    private Column.Longs longs(int rows) {
        long[] values = new long[rows];
        for (int at = 0; at < rows; ) {
            ByteBuffer in = need(Long.BYTES);
            int count = Math.min(rows - at, in.remaining() / Long.BYTES);
            in.asLongBuffer().get(values, at, count);
            in.position(in.position() + count * Long.BYTES);
            at += count;
        }
        return new Column.Longs(values);
    }

    private Column numbers(int rows, int size) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            ByteBuffer in = need(size);
            values[i] =
                    switch (size) {
                        case Integer.BYTES -> in.getInt();
                        case Short.BYTES -> Short.toUnsignedInt(in.getShort());
                        default -> in.get();
                    };
        }
        return new Column.Longs(values);
    }

    private Column.Doubles doubles(int rows) {
        double[] values = new double[rows];
        for (int at = 0; at < rows; ) {
            ByteBuffer in = need(Double.BYTES);
            int count = Math.min(rows - at, in.remaining() / Double.BYTES);
            in.asDoubleBuffer().get(values, at, count);
            in.position(in.position() + count * Double.BYTES);
            at += count;
        }
        return new Column.Doubles(values);
    }

    /// Where there is no value, [StaleNaN] stands.
    private Column nullableDoubles(int rows) {
        byte[] absent = new byte[rows];
        for (int at = 0; at < rows; ) {
            ByteBuffer in = need(1);
            int count = Math.min(rows - at, in.remaining());
            in.get(absent, at, count);
            at += count;
        }
        Column.Doubles doubles = doubles(rows);
        for (int i = 0; i < rows; i++) {
            if (absent[i] != 0) {
                doubles.values()[i] = StaleNaN.VALUE;
            }
        }
        return doubles;
    }

    private Column texts(int rows) {
        String[] values = new String[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = text();
        }
        return new Column.Texts(values);
    }

    private Column maps(int rows) {
        int[] ends = ends(rows);
        String[] keys = ((Column.Texts) texts(last(ends))).values();
        String[] texts = ((Column.Texts) texts(last(ends))).values();
        Labels[] values = new Labels[rows];
        int from = 0;
        for (int i = 0; i < rows; i++) {
            String[] pairs = new String[2 * (ends[i] - from)];
            for (int k = from; k < ends[i]; k++) {
                pairs[2 * (k - from)] = keys[k];
                pairs[2 * (k - from) + 1] = texts[k];
            }
            values[i] = Labels.of(pairs);
            from = ends[i];
        }
        return new Column.Maps(values);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = need(1).get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a number that does not end");
    }

    private String text() {
        int length = Math.toIntExact(varint());
        ByteBuffer in = need(length);
        String text =
                new String(
                        in.array(),
                        in.arrayOffset() + in.position(),
                        length,
                        StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    /// The buffer, with at least `bytes` in it.
    private ByteBuffer need(int bytes) {
        while (buffer.remaining() < bytes) {
            if (buffer.capacity() < bytes) {
                buffer =
                        ByteBuffer.allocate(Integer.highestOneBit(bytes) * 2)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .put(buffer)
                                .flip();
            }
            if (!fill()) {
                throw new IllegalStateException("the engine's answer ends inside a block");
            }
        }
        return buffer;
    }

    private boolean fill() {
        buffer.compact();
        int read = reply.read(buffer);
        buffer.flip();
        return read >= 0;
    }

    @Override
    public void close() {
        reply.close();
    }
}

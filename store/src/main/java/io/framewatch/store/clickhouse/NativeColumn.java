package io.framewatch.store.clickhouse;

import io.framewatch.model.Labels;
import io.framewatch.store.record.SeriesRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column on its way into the engine: name, type, and values in the layout of the Native format.
/// Not thread safe.
public abstract sealed class NativeColumn {

    private final String name;
    private final String type;

    private NativeColumn(String name, String type) {
        this.name = name;
        this.type = type;
    }

    /// The column's name in the table.
    public String name() {
        return name;
    }

    String type() {
        return type;
    }

    /// Appends the values to what is sent.
    abstract void writeTo(List<ByteBuffer> out);

    /// Bytes that grow.
    private static final class Buffer {
        private final @Nullable FlushMemory memory;
        private ByteBuffer bytes;

        Buffer() {
            this(1024, null);
        }

        /// Bytes in `memory`, or on the heap if there is none.
        Buffer(int capacity, @Nullable FlushMemory memory) {
            this.memory = memory;
            this.bytes = allocate(capacity);
        }

        /// What `bytes` has up to its limit.
        Buffer(ByteBuffer bytes) {
            this.memory = null;
            this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(bytes.limit());
        }

        private ByteBuffer allocate(int capacity) {
            return memory == null
                    ? ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN)
                    : memory.bytes(capacity);
        }

        ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                int capacity = Math.max(bytes.capacity() * 2, bytes.position() + more);
                bytes = allocate(capacity).put(bytes.flip());
            }
            return bytes;
        }

        void text(byte[] value) {
            ByteBuffer room = room(value.length + 5);
            varint(room, value.length);
            room.put(value);
        }

        /// A text of `length` bytes that stands in `in` at `at`.
        void text(ByteBuffer in, int at, int length) {
            ByteBuffer room = room(length + 5);
            varint(room, length);
            room.put(room.position(), in, at, length);
            room.position(room.position() + length);
        }

        ByteBuffer done() {
            return bytes.duplicate().flip();
        }
    }

    static void varint(ByteBuffer out, long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /// Values of one fixed size: numbers, dates, timestamps.
    public static final class Fixed extends NativeColumn {
        private final Buffer buffer;

        /// An empty column of a type of 1, 2, 4 or 8 bytes.
        public Fixed(String name, String type) {
            super(name, type);
            buffer = new Buffer();
        }

        /// The same with room for `bytes` bytes of values in `memory`; it grows as needed.
        Fixed(String name, String type, int bytes, FlushMemory memory) {
            super(name, type);
            buffer = new Buffer(bytes, memory);
        }

        /// Adds a value of 8 bytes.
        public void add(long value) {
            buffer.room(Long.BYTES).putLong(value);
        }

        /// Adds a value of 8 bytes.
        public void add(double value) {
            buffer.room(Double.BYTES).putDouble(value);
        }

        /// Adds a value of 4 bytes.
        public void addInt(int value) {
            buffer.room(Integer.BYTES).putInt(value);
        }

        /// Adds a value of 4 bytes `count` times.
        public void addInts(int value, int count) {
            ByteBuffer room = buffer.room(count * Integer.BYTES);
            for (int i = 0; i < count; i++) {
                room.putInt(value);
            }
        }

        /// Adds a value of 2 bytes.
        public void addShort(int value) {
            buffer.room(Short.BYTES).putShort((short) value);
        }

        /// Adds a value of 1 byte.
        public void addByte(int value) {
            buffer.room(1).put((byte) value);
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            out.add(buffer.done());
        }
    }

    /// Texts.
    public static final class Text extends NativeColumn {
        private final Buffer buffer;
        private String last = "";
        private byte[] lastBytes = new byte[0];

        /// An empty column of String, or of a type that String converts to.
        public Text(String name) {
            super(name, "String");
            buffer = new Buffer();
        }

        /// The same in `memory`.
        Text(String name, FlushMemory memory) {
            super(name, "String");
            buffer = new Buffer(1024, memory);
        }

        /// Adds a text.
        public void add(String value) {
            // Sorted rows repeat: tenants and names are encoded once per run.
            if (!value.equals(last)) {
                last = value;
                lastBytes = value.getBytes(StandardCharsets.UTF_8);
            }
            buffer.text(lastBytes);
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            out.add(buffer.done());
        }
    }

    /// Texts of which a few come again and again: each is sent once, and a byte or two for each row
    /// (the engine's source, `SerializationLowCardinality`).
    public static final class Repeated extends NativeColumn {

        private static final long VERSION = 1;

        /// The keys follow, and belong to this block alone.
        private static final long KEYS_FOLLOW = 1L << 9 | 1L << 10;

        private final List<String> keys = new ArrayList<>();
        private final Buffer indexes = new Buffer();
        private int rows;

        /// An empty column of `LowCardinality(String)`.
        public Repeated(String name) {
            super(name, "LowCardinality(String)");
        }

        /// Adds a text for `count` rows. There may be 65,536 different ones in a block.
        public void add(String value, int count) {
            int key = keys.lastIndexOf(value);
            if (key < 0) {
                key = keys.size();
                keys.add(value);
            }
            ByteBuffer room = indexes.room(count * Short.BYTES);
            for (int i = 0; i < count; i++) {
                room.putShort((short) key);
            }
            rows += count;
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            if (rows == 0) {
                return;
            }
            Buffer head = new Buffer();
            boolean wide = keys.size() > 256;
            head.room(3 * Long.BYTES).putLong(VERSION).putLong(KEYS_FOLLOW | (wide ? 1 : 0));
            head.room(Long.BYTES).putLong(keys.size());
            keys.forEach(key -> head.text(key.getBytes(StandardCharsets.UTF_8)));
            head.room(Long.BYTES).putLong(rows);
            out.add(head.done());
            out.add(wide ? indexes.done() : narrow());
        }

        private ByteBuffer narrow() {
            ByteBuffer two = indexes.done();
            byte[] one = new byte[rows];
            for (int i = 0; i < rows; i++) {
                one[i] = two.get(i * Short.BYTES);
            }
            return ByteBuffer.wrap(one);
        }
    }

    /// Label sets, as `Map(String, String)`.
    public static final class Map extends NativeColumn implements SeriesRows.PairSink {
        private final Buffer ends;
        private final Buffer keys;
        private final Buffer values;
        private long end;

        /// An empty column.
        public Map(String name) {
            super(name, "Map(String, String)");
            ends = new Buffer();
            keys = new Buffer();
            values = new Buffer();
        }

        /// The same in `memory`.
        Map(String name, FlushMemory memory) {
            super(name, "Map(String, String)");
            ends = new Buffer(1024, memory);
            keys = new Buffer(1024, memory);
            values = new Buffer(1024, memory);
        }

        /// Adds a map of `keys` to the `values` beside them.
        public void add(List<String> keysAdded, List<String> valuesAdded) {
            keysAdded.forEach(key -> keys.text(key.getBytes(StandardCharsets.UTF_8)));
            valuesAdded.forEach(value -> values.text(value.getBytes(StandardCharsets.UTF_8)));
            end += keysAdded.size();
            ends.room(Long.BYTES).putLong(end);
        }

        /// Adds the pairs of `labels`.
        public void add(Labels labels) {
            labels.forEach((key, value) -> {
                keys.text(key.getBytes(StandardCharsets.UTF_8));
                values.text(value.getBytes(StandardCharsets.UTF_8));
            });
            end += labels.size();
            ends.room(Long.BYTES).putLong(end);
        }

        /// Adds the labels of row `row` of `rows`.
        void add(SeriesRows rows, int row) {
            end += rows.pairs(row, this);
            ends.room(Long.BYTES).putLong(end);
        }

        @Override
        public void pair(ByteBuffer in, int name, int nameBytes, int value, int valueBytes) {
            keys.text(in, name, nameBytes);
            values.text(in, value, valueBytes);
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            out.add(ends.done());
            out.add(keys.done());
            out.add(values.done());
        }
    }

    /// Byte strings of one length.
    public static final class Bytes extends NativeColumn {
        private final Buffer buffer = new Buffer();

        /// An empty column of `FixedString(length)`.
        public Bytes(String name, int length) {
            super(name, "FixedString(" + length + ")");
        }

        /// Adds a value of that length.
        public void add(byte[] value) {
            buffer.room(value.length).put(value);
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            out.add(buffer.done());
        }
    }

    /// Lists of numbers.
    public static final class Numbers extends NativeColumn {
        private final Buffer ends;
        private final Buffer values;
        private long end;

        private Numbers(String name, String type) {
            super(name, type);
            ends = new Buffer();
            values = new Buffer();
        }

        /// A whole column: where each list ends, in 8 bytes, and the values of all, little endian.
        /// The bytes are not copied.
        Numbers(String name, String type, ByteBuffer ends, ByteBuffer values) {
            super(name, type);
            this.ends = new Buffer(ends);
            this.values = new Buffer(values);
            this.end = values.remaining() / Long.BYTES;
        }

        /// An empty column of `Array(Float64)`.
        public static Numbers doubles(String name) {
            return new Numbers(name, "Array(Float64)");
        }

        /// An empty column of `Array(Int32)`.
        public static Numbers ints(String name) {
            return new Numbers(name, "Array(Int32)");
        }

        /// Adds a list to a column of doubles.
        public void add(double... list) {
            for (double value : list) {
                values.room(Double.BYTES).putDouble(value);
            }
            close(list.length);
        }

        /// Adds a list to a column of ints.
        public void add(int... list) {
            for (int value : list) {
                values.room(Integer.BYTES).putInt(value);
            }
            close(list.length);
        }

        /// Values in all lists.
        long elements() {
            return end;
        }

        private void close(int length) {
            end += length;
            ends.room(Long.BYTES).putLong(end);
        }

        @Override
        void writeTo(List<ByteBuffer> out) {
            out.add(ends.done());
            out.add(values.done());
        }
    }
}

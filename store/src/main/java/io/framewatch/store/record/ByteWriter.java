package io.framewatch.store.record;

import io.framewatch.model.Labels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Little-endian bytes that grow. Not thread safe.
final class ByteWriter {

    private ByteBuffer bytes;

    ByteWriter(int capacity) {
        bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int capacity = Math.max(bytes.capacity() * 2, bytes.position() + more);
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }

    ByteWriter putByte(int value) {
        room(1).put((byte) value);
        return this;
    }

    ByteWriter putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    ByteWriter putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    ByteWriter putDouble(double value) {
        return putLong(Double.doubleToRawLongBits(value));
    }

    ByteWriter putLongs(long[] values, int count) {
        ByteBuffer room = room(count * Long.BYTES);
        room.asLongBuffer().put(values, 0, count);
        room.position(room.position() + count * Long.BYTES);
        return this;
    }

    ByteWriter putDoubles(double[] values, int count) {
        ByteBuffer room = room(count * Double.BYTES);
        room.asDoubleBuffer().put(values, 0, count);
        room.position(room.position() + count * Double.BYTES);
        return this;
    }

    ByteWriter putText(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
        return this;
    }

    ByteWriter putLabels(Labels labels) {
        putInt(labels.size());
        labels.forEach((name, value) -> putText(name).putText(value));
        return this;
    }

    ByteBuffer done() {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
    }

    static String text(ByteBuffer in) {
        byte[] text = new byte[in.getInt()];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    static Labels labels(ByteBuffer in) {
        int size = in.getInt();
        if (size == 0) {
            return Labels.EMPTY;
        }
        String[] pairs = new String[2 * size];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = text(in);
        }
        return Labels.ofSortedPairs(pairs);
    }
}

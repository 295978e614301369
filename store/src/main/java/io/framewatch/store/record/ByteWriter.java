package io.framewatch.store.record;

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

    ByteWriter putText(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
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
}

package io.framewatch.wire.proto;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Writes messages for tests, field by field.
public final class ProtoBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ProtoBytes varint(int field, long value) {
        number((long) field << 3);
        number(value);
        return this;
    }

    public ProtoBytes zigzag(int field, long value) {
        return varint(field, value << 1 ^ value >> 63);
    }

    public ProtoBytes real(int field, double value) {
        return fixed(field, Double.doubleToRawLongBits(value));
    }

    public ProtoBytes fixed(int field, long value) {
        number((long) field << 3 | 1);
        out.writeBytes(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    public ProtoBytes text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoBytes message(int field, ProtoBytes value) {
        return bytes(field, value.bytes());
    }

    public ProtoBytes bytes(int field, byte[] value) {
        number((long) field << 3 | 2);
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    /// A message behind its length, as in delimited streams.
    public ProtoBytes raw(ProtoBytes value) {
        number(value.bytes().length);
        out.writeBytes(value.bytes());
        return this;
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}

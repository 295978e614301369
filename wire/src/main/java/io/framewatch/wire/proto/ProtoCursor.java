package io.framewatch.wire.proto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of a message off a byte array: [#next] steps to a field, one of the readers
/// takes its value, [#skip] passes it over. A message inside is entered with [#enter] and left with
/// [#leave]. Every reader throws [ProtoException] rather than pass the end. Not thread safe.
public final class ProtoCursor {

    /// Wire type of variable-length integers.
    public static final int VARINT = 0;

    /// Wire type of eight bytes.
    public static final int FIXED64 = 1;

    /// Wire type of bytes, texts, messages and packed numbers.
    public static final int BYTES = 2;

    /// Wire type of four bytes.
    public static final int FIXED32 = 5;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] data = new byte[0];
    private int at;
    private int limit;
    private int field;
    private int wireType;

    /// Points at the message in `data` from `from`, inclusive, to `to`, exclusive.
    public ProtoCursor reset(byte[] data, int from, int to) {
        if (from < 0 || to > data.length || from > to) {
            throw new IllegalArgumentException("not within the array");
        }
        this.data = data;
        this.at = from;
        this.limit = to;
        return this;
    }

    /// The array read from.
    public byte[] data() {
        return data;
    }

    /// Where the next byte is read.
    public int position() {
        return at;
    }

    /// Where the message ends.
    public int limit() {
        return limit;
    }

    /// Steps to the next field; false at the end of the message.
    public boolean next() {
        if (at >= limit) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (field == 0 || tag >>> 32 != 0) {
            throw new ProtoException("a field number out of range", at);
        }
        return true;
    }

    /// Number of the field that [#next] stepped to.
    public int field() {
        return field;
    }

    /// Its wire type.
    public int wireType() {
        return wireType;
    }

    /// Reads a varint.
    public long varint() {
        // Tags and lengths of labels have one byte, nearly all.
        if (at < limit && data[at] >= 0) {
            return data[at++];
        }
        return longVarint();
    }

    private long longVarint() {
        long result = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                throw new ProtoException("a number is cut off", at);
            }
            byte b = data[at++];
            result |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return result;
            }
        }
        throw new ProtoException("a number is too long", at);
    }

    /// Reads the field as an integer; throws if it is none.
    public long integer() {
        expect(VARINT);
        return varint();
    }

    /// Reads the field as a zigzag integer.
    public long zigzag() {
        return unzigzag(integer());
    }

    /// Undoes zigzag.
    public static long unzigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    /// Reads the field as a double.
    public double real() {
        expect(FIXED64);
        return rawDouble();
    }

    /// Reads eight bytes as a double.
    public double rawDouble() {
        return Double.longBitsToDouble(rawFixed64());
    }

    /// Reads eight bytes.
    public long rawFixed64() {
        need(8);
        long value = (long) LONG.get(data, at);
        at += 8;
        return value;
    }

    /// Reads the field as eight bytes.
    public long fixed64() {
        expect(FIXED64);
        return rawFixed64();
    }

    /// Reads the field as four bytes.
    public int fixed32() {
        expect(FIXED32);
        need(4);
        int value = (int) INT.get(data, at);
        at += 4;
        return value;
    }

    /// Reads the field as text in UTF-8; broken sequences become replacement characters.
    public String text() {
        int length = length();
        String text = new String(data, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /// Reads the field as text; throws if it is not UTF-8.
    public String strictText() {
        int length = length();
        String text = utf8(data, at, at + length);
        at += length;
        return text;
    }

    /// The text of some bytes; throws if they are not UTF-8.
    public static String utf8(byte[] data, int from, int to) {
        String text = new String(data, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(again, 0, again.length, data, from, to)) {
                throw new ProtoException("a text is not UTF-8", from);
            }
        }
        return text;
    }

    /// The length of the bytes that follow; [#position] is then their first.
    public int length() {
        expect(BYTES);
        long length = varint();
        if (length < 0 || length > limit - at) {
            throw new ProtoException("a value of " + length + " bytes is cut off", at);
        }
        return (int) length;
    }

    /// Enters the message that the field holds; answers what [#leave] needs to come back.
    public int enter() {
        int length = length();
        int outer = limit;
        limit = at + length;
        return outer;
    }

    /// Leaves a message, wherever in it the cursor stands.
    public void leave(int outer) {
        at = limit;
        limit = outer;
    }

    /// Moves to a position within the message.
    public void seek(int position) {
        if (position < at || position > limit) {
            throw new ProtoException("a position out of range", position);
        }
        at = position;
    }

    /// Passes over the field's value.
    public void skip() {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED64 -> {
                need(8);
                at += 8;
            }
            case BYTES -> {
                int length = length();
                at += length;
            }
            case FIXED32 -> {
                need(4);
                at += 4;
            }
            default -> throw new ProtoException("an unknown wire type " + wireType, at);
        }
    }

    private void expect(int type) {
        if (wireType != type) {
            throw new ProtoException("field " + field + " has another type than expected", at);
        }
    }

    private void need(int bytes) {
        if (limit - at < bytes) {
            throw new ProtoException("a number is cut off", at);
        }
    }
}

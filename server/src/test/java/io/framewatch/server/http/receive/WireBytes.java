package io.framewatch.server.http.receive;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Builds protobuf messages field by field, wrong ones too.
final class WireBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private WireBytes write(Write write) {
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            write.to(coded);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    WireBytes varint(int field, long value) {
        return write(coded -> coded.writeInt64(field, value));
    }

    WireBytes unsigned(int field, int value) {
        return write(coded -> coded.writeUInt32(field, value));
    }

    WireBytes zigzag(int field, long value) {
        return write(coded -> coded.writeSInt64(field, value));
    }

    WireBytes real(int field, double value) {
        return write(coded -> coded.writeDouble(field, value));
    }

    WireBytes text(int field, String text) {
        return raw(field, text.getBytes(StandardCharsets.UTF_8));
    }

    WireBytes raw(int field, byte[] bytes) {
        return write(coded -> coded.writeByteArray(field, bytes));
    }

    WireBytes message(int field, WireBytes inner) {
        return raw(field, inner.bytes());
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}

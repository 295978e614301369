package io.framewatch.server.http.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.server.http.receive.PushMemory.Spare;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

final class PushMemoryTest {

    private static final int BYTES_MAX = 1 << 24;

    private final Random random = new Random(3);
    private final PushMemory memory = new PushMemory();

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Gives a few bytes at a time, as a socket does.
    private InputStream slow(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 1 + random.nextInt(5_000)));
            }
        };
    }

    @Test
    void oneBodyAfterTheOther() throws IOException {
        for (int length : new int[] {10, 100_000, 3, 0, 16_384, 100_001, 5_000_000, 7}) {
            byte[] body = bytes(length);
            int packed = memory.readPacked(slow(Snappy.compress(body)), BYTES_MAX);
            assertThat(memory.unpackedLength(packed)).isEqualTo(length);
            assertThat(memory.unpack(packed)).isEqualTo(length);
            assertThat(Arrays.copyOf(memory.body(), length)).isEqualTo(body);
        }
        assertThat(memory.isKept()).isFalse();
    }

    @Test
    void noMoreIsReadThanAllowed() throws IOException {
        assertThat(memory.readPacked(slow(bytes(100_000)), 70_000)).isEqualTo(70_000);
        assertThat(memory.readPacked(slow(bytes(100_000)), 1_001)).isEqualTo(1_001);
        assertThat(memory.readPacked(slow(bytes(100)), 1_001)).isEqualTo(100);
        assertThat(memory.isKept()).isTrue();
    }

    /// What one body left behind does not make up for what another lacks.
    @Test
    void aBodyCutOffIsRefused() throws IOException {
        byte[] packed = Snappy.compress(new byte[50_000]);
        memory.unpack(memory.readPacked(slow(packed), BYTES_MAX));
        int cut = memory.readPacked(slow(Arrays.copyOf(packed, packed.length / 2)), BYTES_MAX);
        assertThatThrownBy(() -> memory.unpack(cut)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> memory.unpackedLength(0)).isInstanceOf(IOException.class);
    }

    @Test
    void fewAreKeptAndTheLatestComesFirst() {
        Spare<String> spare = new Spare<>(2, text -> text.length() < 5);
        assertThat(spare.take()).isNull();
        spare.give("first");
        spare.give("a");
        spare.give("b");
        spare.give("c");
        assertThat(spare.take()).isEqualTo("b");
        assertThat(spare.take()).isEqualTo("a");
        assertThat(spare.take()).isNull();
    }
}

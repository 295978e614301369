package io.framewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultyDiskTest {

    @TempDir Path folder;

    @Test
    void aFullDiskTakesWhatFitsThenRefuses() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        Path file = folder.resolve("f");
        try (FileChannel channel =
                disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            disk.freeBytes(3);
            ByteBuffer bytes = ByteBuffer.wrap(new byte[5]);
            assertThat(channel.write(bytes)).isEqualTo(3);
            assertThat(bytes.remaining()).isEqualTo(2);
            assertThatThrownBy(() -> channel.write(bytes)).hasMessageContaining("No space left");
            disk.freeBytes(10);
            assertThat(channel.write(bytes)).isEqualTo(2);
        }
        assertThat(Files.size(file)).isEqualTo(5);
    }

    @Test
    void syncsFailWhenTold() throws IOException {
        FaultyDisk disk = new FaultyDisk();
        try (FileChannel channel =
                disk.open(
                        folder.resolve("g"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            disk.syncsFail(true);
            assertThatThrownBy(() -> channel.force(true)).hasMessageContaining("Input/output");
            disk.syncsFail(false);
            channel.force(true);
        }
    }
}

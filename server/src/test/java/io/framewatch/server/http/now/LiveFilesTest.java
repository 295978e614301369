package io.framewatch.server.http.now;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LiveFilesTest {

    @TempDir Path top = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void fill() throws Exception {
        folder = Files.createDirectories(top.resolve("cam-1"));
        Files.writeString(top.resolve("secret.ts"), "secret");
        Files.writeString(folder.resolve("index.m3u8"), "#EXTM3U");
        Files.createDirectories(folder.resolve("720p"));
        Files.writeString(folder.resolve("720p/seg_1.ts"), "segment");
        Files.createSymbolicLink(folder.resolve("link.ts"), top.resolve("secret.ts"));
    }

    @Test
    void readsFilesOfTheFolder() {
        assertThat(LiveFiles.read(folder, "index.m3u8")).asString().isEqualTo("#EXTM3U");
        assertThat(LiveFiles.read(folder, "720p/seg_1.ts")).asString().isEqualTo("segment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.ts",
                "720p/../../secret.ts",
                "link.ts",
                "/etc/passwd",
                "720p",
                ".hidden.ts",
                "a//b.ts",
                "..%2fsecret.ts",
                "missing.ts",
                ""
            })
    void readsNothingElse(String name) {
        assertThat(LiveFiles.read(folder, name)).isNull();
    }
}

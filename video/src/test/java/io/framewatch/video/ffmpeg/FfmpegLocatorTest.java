package io.framewatch.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FfmpegLocatorTest {

    private static final String X264 = " V..... libx264              H.264";

    @TempDir private Path folder;

    @Test
    void theConfiguredOneComesFirst() throws Exception {
        Path configured = script("mine", "7.1", X264);
        Path onPath = script("theirs", "5.1", X264);
        FfmpegLocator.Found found = new FfmpegLocator(configured, onPath, null).locate(true);
        assertThat(found.path()).isEqualTo(configured);
        assertThat(found.version()).isEqualTo("7.1");
    }

    @Test
    void aConfiguredOneThatDoesNotWorkIsNotReplacedSilently() throws Exception {
        Path onPath = script("theirs", "5.1", X264);
        assertThatThrownBy(
                        () -> new FfmpegLocator(folder.resolve("none"), onPath, null).locate(false))
                .hasMessageContaining("does not work")
                .hasMessageContaining("video.ffmpeg.path");
    }

    @Test
    void oneWithoutAnEncoderWillDoForWatching() throws Exception {
        Path onPath = script("theirs", "5.1", " V..... mpeg4");
        assertThat(new FfmpegLocator(null, onPath, null).locate(false).path()).isEqualTo(onPath);
        assertThatThrownBy(() -> new FfmpegLocator(null, onPath, null).locate(true))
                .hasMessageContaining("apt-get install");
    }

    @Test
    void withoutAnySaysWhatInstallsIt() {
        assertThatThrownBy(() -> new FfmpegLocator(null, null, null).locate(false))
                .hasMessageContaining("No working ffmpeg")
                .hasMessageContaining(FfmpegLocator.INSTALL_LINE);
    }

    @Test
    void fetchesWithTheInstalledNpmOnceAndSaysHowMuch() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "fetched on x86-64 only");
        Path program = Path.of("node_modules", "@ffmpeg-installer", "linux-x64", "ffmpeg");
        Path npm =
                executable(
                        "npm",
                        """
                        #!/bin/sh
                        grep -q sha512-Y5BWhGLU package-lock.json || exit 3
                        echo run >> %s
                        mkdir -p $(dirname %s)
                        cp %s %s
                        """
                                .formatted(
                                        folder.resolve("runs"),
                                        program,
                                        script("build", "N-47683", X264),
                                        program));
        List<String> said = new ArrayList<>();
        try (Children children = new Children()) {
            FfmpegFetch fetch =
                    new FfmpegFetch(folder.resolve("cache"), children, said::add, npm.toString());
            FfmpegLocator locator = new FfmpegLocator(null, null, fetch);
            assertThat(locator.locate(true).version()).isEqualTo("N-47683");
            assertThat(locator.locate(true).origin()).isEqualTo("fetched with npm");
        }
        assertThat(said).hasSize(1).first().asString().contains("23 MB");
        assertThat(folder.resolve("runs")).hasContent("run");
    }

    @Test
    void aFailedFetchTellsTheLastWordOfNpmAndLeavesNothing() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "fetched on x86-64 only");
        Path npm = executable("npm", "#!/bin/sh\necho 'integrity does not match'\nexit 1\n");
        Path cache = folder.resolve("cache");
        try (Children children = new Children()) {
            FfmpegFetch fetch = new FfmpegFetch(cache, children, line -> {}, npm.toString());
            assertThatThrownBy(fetch::cachedOrFetched)
                    .hasMessageContaining("integrity does not match")
                    .hasMessageContaining("apt-get");
        }
        assertThat(cache).isEmptyDirectory();
    }

    private Path script(String name, String version, String encoders) throws Exception {
        return executable(
                name,
                "#!/bin/sh\necho 'ffmpeg version %s Copyright'\necho '%s'\n"
                        .formatted(version, encoders));
    }

    private Path executable(String name, String text) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

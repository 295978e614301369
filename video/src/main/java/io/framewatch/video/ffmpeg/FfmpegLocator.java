package io.framewatch.video.ffmpeg;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds an ffmpeg that works: the configured one; the one on the `PATH`; one fetched earlier; one
/// fetched now with npm. Thread safe.
public final class FfmpegLocator {

    /// What installs ffmpeg where nothing else helps.
    public static final String INSTALL_LINE = "sudo apt-get install -y ffmpeg";

    private static final Pattern VERSION = Pattern.compile("^ffmpeg version (\\S+)");
    private static final int ANSWER_BYTES_MAX = 1 << 20;
    private static final int ANSWER_SECONDS_MAX = 20;

    private final @Nullable Path configured;
    private final @Nullable Path onPath;
    private final @Nullable FfmpegFetch fetch;

    /// An ffmpeg that answered.
    ///
    /// @param path the program
    /// @param version its own word for its version
    /// @param origin where it comes from, in words
    public record Found(Path path, String version, String origin) {}

    /// Looks where a person would. `configured` is null if nothing is; `fetch` is null if nothing
    /// may be downloaded.
    public FfmpegLocator(@Nullable Path configured, @Nullable FfmpegFetch fetch) {
        this(configured, Children.onPath("ffmpeg"), fetch);
    }

    FfmpegLocator(@Nullable Path configured, @Nullable Path onPath, @Nullable FfmpegFetch fetch) {
        this.configured = configured;
        this.onPath = onPath;
        this.fetch = fetch;
    }

    /// An ffmpeg that can decode, and with `encodes` also write H.264.
    ///
    /// Throws [FaultException] with code `ffmpeg_configured` if the configured one does not work,
    /// `ffmpeg_missing` if there is none.
    public Found locate(boolean encodes) {
        if (configured != null) {
            Found found = tried(configured, "configured", encodes);
            if (found == null) {
                throw new FaultException(
                        Fault.operator(
                                "ffmpeg_configured",
                                "The configured ffmpeg "
                                        + configured
                                        + " does not work"
                                        + (encodes ? " or cannot write H.264." : "."),
                                "Set video.ffmpeg.path to another, or to none."));
            }
            return found;
        }
        Found found = onPath == null ? null : tried(onPath, "found on the PATH", encodes);
        if (found == null && fetch != null) {
            Path fetched = fetch.cachedOrFetched();
            found = fetched == null ? null : tried(fetched, "fetched with npm", encodes);
        }
        if (found == null) {
            throw new FaultException(
                    Fault.operator(
                            "ffmpeg_missing",
                            "No working ffmpeg was found on this machine.",
                            "Install it with: " + INSTALL_LINE));
        }
        return found;
    }

    private static @Nullable Found tried(Path path, String origin, boolean encodes) {
        Matcher version = VERSION.matcher(answer(path, "-version"));
        if (!version.find()) {
            return null;
        }
        if (encodes && !answer(path, "-encoders").contains(" libx264 ")) {
            return null;
        }
        return new Found(path.toAbsolutePath(), version.group(1), origin);
    }

    /// What the program prints, empty if it does not run.
    private static String answer(Path program, String option) {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "-hide_banner", option)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            process.getOutputStream().close();
            byte[] bytes = process.getInputStream().readNBytes(ANSWER_BYTES_MAX);
            if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /// Fonts that the test cameras may write with, the first that is installed; null if none is.
    public static @Nullable Path font() {
        return List.of(
                        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
                        "/usr/share/fonts/dejavu/DejaVuSans.ttf",
                        "/usr/share/fonts/TTF/DejaVuSans.ttf",
                        "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
                        "/usr/share/fonts/liberation/LiberationSans-Regular.ttf",
                        "/usr/share/fonts/truetype/freefont/FreeSans.ttf",
                        "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
                        "/System/Library/Fonts/Supplemental/Arial.ttf")
                .stream()
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .orElse(null);
    }
}

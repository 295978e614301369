package io.framewatch.video.ffmpeg;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Fetches a static build of ffmpeg as an npm package into a cache folder, with the installed npm.
/// The package's hash is pinned in `ffmpeg-fetch/package-lock.json`, so npm refuses anything else.
/// Only for Linux on x86-64. Thread safe.
public final class FfmpegFetch {

    /// How much is downloaded, megabytes; about three times that is written.
    public static final int DOWNLOAD_MB = 23;

    private static final Duration FETCH_TIME_MAX = Duration.ofMinutes(10);
    private static final int OUTPUT_BYTES_MAX = 1 << 16;
    private static final String FOLDER = "ffmpeg-4.1.0";
    private static final Path PROGRAM =
            Path.of("node_modules", "@ffmpeg-installer", "linux-x64", "ffmpeg");

    private final Path cache;
    private final Children children;
    private final Consumer<String> say;
    private final String npm;

    /// Fetches into `cache`; `say` tells the user, a line each, what is about to be downloaded.
    public FfmpegFetch(Path cache, Children children, Consumer<String> say) {
        this(cache, children, say, "npm");
    }

    FfmpegFetch(Path cache, Children children, Consumer<String> say, String npm) {
        this.cache = cache;
        this.children = children;
        this.say = say;
        this.npm = npm;
    }

    /// Where fetched things are kept: `$FRAMEWATCH_CACHE`, else `~/.cache/framewatch`.
    public static Path defaultCache() {
        String named = System.getenv("FRAMEWATCH_CACHE");
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "framewatch")
                : Path.of(named);
    }

    /// The program, fetched now if it was not before; null where there is no build for this machine
    /// or npm is not installed.
    ///
    /// Throws [FaultException] with code `ffmpeg_fetch` if npm fails.
    public synchronized @Nullable Path cachedOrFetched() {
        Path program = cache.resolve(FOLDER).resolve(PROGRAM);
        if (Files.isExecutable(program)) {
            return program;
        }
        boolean suits =
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64");
        if (!suits || !npm.contains("/") && Children.onPath(npm) == null) {
            return null;
        }
        say.accept(
                "Fetching ffmpeg with npm: "
                        + DOWNLOAD_MB
                        + " MB to download, 66 MB to write into "
                        + cache.resolve(FOLDER));
        fetch();
        return program;
    }

    private void fetch() {
        Path draft = null;
        try {
            Files.createDirectories(cache);
            draft = Files.createTempDirectory(cache, "fetching-");
            copy("package.json", draft);
            copy("package-lock.json", draft);
            run(draft);
            Files.move(draft, cache.resolve(FOLDER), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            say.accept("Another run has fetched ffmpeg meanwhile.");
        } catch (IOException e) {
            throw failed("The fetched ffmpeg cannot be written: " + e.getMessage() + ".", e);
        } finally {
            remove(draft);
        }
    }

    private static void copy(String file, Path folder) throws IOException {
        try (InputStream in = FfmpegFetch.class.getResourceAsStream("fetch/" + file)) {
            if (in == null) {
                throw new IOException("the program lacks its file " + file);
            }
            Files.copy(in, folder.resolve(file));
        }
    }

    private void run(Path folder) throws IOException {
        List<String> command =
                List.of(
                        npm,
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--loglevel=error");
        Process process =
                children.start(
                        new ProcessBuilder(command)
                                .directory(folder.toFile())
                                .redirectErrorStream(true));
        process.getOutputStream().close();
        String output =
                new String(
                        process.getInputStream().readNBytes(OUTPUT_BYTES_MAX),
                        StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(FETCH_TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed("npm did not finish within 10 minutes.", null);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw failed("The download was interrupted.", e);
        }
        if (process.exitValue() != 0) {
            throw failed("npm could not fetch ffmpeg: " + lastLine(output) + ".", null);
        }
    }

    private static String lastLine(String output) {
        return output.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("no word");
    }

    private static FaultException failed(String what, @Nullable Exception cause) {
        Fault fault =
                Fault.operator(
                        "ffmpeg_fetch", what, "Install it with: " + FfmpegLocator.INSTALL_LINE);
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a leftover folder in the cache does no harm
        }
    }
}

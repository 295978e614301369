package io.framewatch.engine;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Where `libchdb.so` lies, and how it gets there: once, through the installed npm, into a cache
/// folder outside the build, checked by npm against the hash in our lock file. See `docs/decisions`
/// for the choice of version: older ones bring the JVM down.
public final class EngineLibrary {

    /// The only version that works.
    public static final String VERSION = "26.7.3-stable.1";

    /// What fetching it loads over the network, MB.
    public static final int DOWNLOAD_MB = 178;

    /// What it takes on the disk, MB.
    public static final int DISK_MB = 566;

    private static final String IN_MEMORY =
            "keep the data in memory: store.durable: false in framewatch.yml, demo --in-memory.";

    private static final long PROGRESS_SECONDS = 2;
    private static final long BYTES_PER_MB = 1_000_000;

    private static final String FOLDER = "libchdb-" + VERSION;
    private static final List<String> LOCK_FILES = List.of("package.json", "package-lock.json");

    private final Path cache;

    /// A library in the folder `cache`.
    public EngineLibrary(Path cache) {
        this.cache = cache.toAbsolutePath();
    }

    /// The library in `$FRAMEWATCH_CACHE`, by default `~/.cache/framewatch`.
    public static EngineLibrary ofUser() {
        return of(System.getenv());
    }

    static EngineLibrary of(Map<String, String> environment) {
        String set = environment.getOrDefault("FRAMEWATCH_CACHE", "");
        return new EngineLibrary(
                set.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache", "framewatch")
                        : Path.of(set));
    }

    /// The library, if it was fetched.
    public Optional<Path> find() {
        Path file =
                cache.resolve(FOLDER).resolve("node_modules/@chdb/lib-linux-x64-gnu/libchdb.so");
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /// What [#fetch] is about to do, for people to read before it is done.
    public String announcement() {
        return "Fetching the storage engine (libchdb %s): %d MB over the network, %d MB in %s."
                .formatted(VERSION, DOWNLOAD_MB, DISK_MB, cache.resolve(FOLDER));
    }

    /// The library, fetched first if it is missing, which takes a minute or so. `progress` receives
    /// lines to show.
    ///
    /// Throws `FaultException`: `engine_platform` where there is no library for this machine,
    /// `engine_fetch` if npm is missing or fails.
    public Path fetch(Consumer<String> progress) {
        Optional<Path> present = find();
        if (present.isPresent()) {
            return present.get();
        }
        checkPlatform();
        progress.accept(announcement());
        try {
            Files.createDirectories(cache);
            Path partial = Files.createTempDirectory(cache, "fetching-");
            try {
                npm(partial, progress);
                publish(partial);
            } finally {
                delete(partial);
            }
        } catch (IOException failed) {
            throw new FaultException(failure(failed.toString()), failed);
        }
        return find().orElseThrow(() -> new FaultException(failure("it is not in the package")));
    }

    private static void checkPlatform() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            throw new FaultException(
                    Fault.operator(
                            "engine_platform",
                            "There is no storage engine for " + system + " yet.",
                            "Run on Linux x86-64 with glibc, or " + IN_MEMORY));
        }
    }

    private static Fault failure(String why) {
        return Fault.operator(
                "engine_fetch",
                "The storage engine could not be fetched: " + why + ".",
                "Look that npm is installed (apt install npm) and reaches its registry, or "
                        + IN_MEMORY);
    }

    private static void npm(Path folder, Consumer<String> progress) throws IOException {
        for (String file : LOCK_FILES) {
            try (InputStream in = EngineLibrary.class.getResourceAsStream("libchdb/" + file)) {
                if (in == null) {
                    throw new IOException(file + " is not in the program");
                }
                Files.copy(in, folder.resolve(file));
            }
        }
        Process npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        npm.getOutputStream().close();
        Thread end = Thread.ofPlatform().unstarted(npm::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        Thread output = Thread.ofPlatform().daemon().start(() -> show(npm, progress));
        try {
            while (!npm.waitFor(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
                progress.accept(
                        "Storage engine: %d of %d MB written."
                                .formatted(bytes(folder) / BYTES_PER_MB, DISK_MB));
            }
            output.join();
            if (npm.exitValue() != 0) {
                throw new IOException("npm ci ended with status " + npm.exitValue());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } finally {
            npm.destroyForcibly();
            forget(end);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The program is ending; the hook has done its work.
        }
    }

    private static void show(Process npm, Consumer<String> progress) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(npm.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.isBlank()).forEach(progress);
        } catch (IOException | UncheckedIOException ended) {
            // Its status tells how it went.
        }
    }

    private static long bytes(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toFile).filter(File::isFile).mapToLong(File::length).sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0; // npm moves files about; the next look may succeed
        }
    }

    /// Puts the finished folder in its place at once; another process may have been quicker.
    private void publish(Path partial) throws IOException {
        try {
            Files.move(partial, cache.resolve(FOLDER), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException there) {
            if (find().isEmpty()) {
                throw there;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }
}

package io.framewatch.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds data of other projects that tests are run against. It lies outside the repository, in the
/// folder that the system property or environment variable `FRAMEWATCH_CONFORMANCE` names, by
/// default `../shared/conformance` seen from the repository's root, or from the folder above it.
/// Tests skip themselves where it is absent.
public final class Conformance {

    private Conformance() {}

    /// The folder of one corpus, such as `promqltest`; it may not exist.
    public static Path folder(String corpus) {
        String set =
                System.getProperty(
                        "FRAMEWATCH_CONFORMANCE", System.getenv("FRAMEWATCH_CONFORMANCE"));
        Path all = set == null || set.isEmpty() ? shared("conformance") : root().resolve(set);
        return all.resolve(corpus).normalize();
    }

    /// A folder beside the conformance data; it may not exist.
    public static Path shared(String name) {
        Path near = root().resolve("../shared").resolve(name).normalize();
        Path far = root().resolve("../../shared").resolve(name).normalize();
        return !Files.exists(near) && Files.exists(far) ? far : near;
    }

    /// The files below a corpus with this suffix (no dot; empty for all), sorted; none if it is
    /// absent.
    public static List<Path> files(String corpus, String suffix) {
        Path folder = folder(corpus);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> suffix.isEmpty() || file.toString().endsWith("." + suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        return Path.of(System.getProperty("framewatch.root", "")).toAbsolutePath();
    }
}

package io.framewatch.verify.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of this repository as the rules see them.
final class Repository {

    private static final Set<String> LEFT_OUT =
            Set.of(".git", "target", "node_modules", "dist", ".framewatch", ".mvn", ".idea");

    private static final Pattern MODULE = Pattern.compile("<module>([^</]+)</module>");

    private Repository() {}

    static Path root() {
        return Path.of(System.getProperty("framewatch.root", "..")).toAbsolutePath().normalize();
    }

    /// The Maven modules at the root, in the order of the parent POM.
    static List<String> modules() {
        List<String> modules = new ArrayList<>();
        Matcher matcher = MODULE.matcher(read(root().resolve("pom.xml")));
        while (matcher.find()) {
            modules.add(matcher.group(1));
        }
        return modules;
    }

    /// Every file that is written by hand, whose name ends with one of `endings`.
    static List<Path> files(String... endings) {
        List<Path> found = new ArrayList<>();
        collect(root(), List.of(endings), found);
        return found;
    }

    private static void collect(Path folder, List<String> endings, List<Path> found) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = String.valueOf(entry.getFileName());
                if (Files.isDirectory(entry)) {
                    if (!LEFT_OUT.contains(name)) {
                        collect(entry, endings, found);
                    }
                } else if (endings.stream().anyMatch(name::endsWith)) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isTest(Path file) {
        return relative(file).contains("/src/test/") || relative(file).startsWith("verify/");
    }

    static String relative(Path file) {
        return root().relativize(file).toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of a document, empty if it is not there.
    static String readIfThere(String relativePath) {
        Path file = root().resolve(relativePath);
        return Files.exists(file) ? read(file) : "";
    }
}

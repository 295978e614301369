package io.framewatch.ingest.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/// Expands file patterns: `*`, `?` and `[...]` in any part of a path.
public final class Globs {

    /// Most files one set of patterns may name.
    public static final int FILES_MAX = 10_000;

    private Globs() {}

    /// The regular files that exist now and match one of `patterns`, sorted, each once; relative
    /// patterns start at `folder`. At most [#FILES_MAX].
    public static List<Path> expand(Path folder, List<String> patterns) {
        TreeSet<Path> found = new TreeSet<>();
        for (String pattern : patterns) {
            for (Path path : matches(folder.resolve(pattern))) {
                if (found.size() < FILES_MAX && Files.isRegularFile(path)) {
                    found.add(path);
                }
            }
        }
        return List.copyOf(found);
    }

    /// Whether the pattern's brackets are in order.
    public static boolean isValid(String pattern) {
        try {
            Path path = Path.of(pattern);
            for (Path part : path) {
                path.getFileSystem().getPathMatcher("glob:" + glob(part.toString()));
            }
            return true;
        } catch (PatternSyntaxException | java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    private static List<Path> matches(Path pattern) {
        Path root = pattern.getRoot();
        List<Path> paths = List.of(root == null ? Path.of("") : root);
        for (Path part : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path path : paths) {
                descend(path, part.toString(), next);
            }
            paths = next;
        }
        return paths;
    }

    private static void descend(Path path, String part, List<Path> into) {
        if (part.chars().noneMatch(c -> "*?[".indexOf(c) >= 0)) {
            Path child = path.resolve(part);
            if (Files.exists(child)) {
                into.add(child);
            }
            return;
        }
        Path folder = path.toString().isEmpty() ? Path.of(".") : path;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob(part))) {
            for (Path entry : entries) {
                if (into.size() < FILES_MAX) {
                    into.add(path.resolve(entry.getFileName()));
                }
            }
        } catch (IOException | PatternSyntaxException e) {
            // A folder that cannot be listed holds no matching file.
            return;
        }
    }

    /// Braces mean nothing in Go's patterns and groups in Java's: they are taken literally.
    private static String glob(String part) {
        return part.replace("{", "\\{").replace("}", "\\}");
    }
}

package io.framewatch.server;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.rules.file.RuleFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds and reads the configured rule files; the last part of a path may be a pattern such as
/// `*.yml`.
final class RuleFiles {

    private RuleFiles() {}

    /// Every file meant, in the order of the configuration and by name within a pattern. Throws
    /// `rules_files` for a folder that cannot be listed, and what [RuleFile#read] throws.
    static List<RuleFile> read(List<Path> patterns) {
        List<RuleFile> files = new ArrayList<>();
        for (Path pattern : patterns) {
            for (Path file : matching(pattern)) {
                files.add(RuleFile.read(file));
            }
        }
        return List.copyOf(files);
    }

    private static List<Path> matching(Path pattern) {
        String name = String.valueOf(pattern.getFileName());
        if (!name.matches(".*[*?\\[{].*")) {
            return List.of(pattern);
        }
        Path parent = pattern.getParent();
        Path folder = parent == null ? Path.of(".") : parent;
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name)) {
            entries.forEach(found::add);
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "rules_files",
                            "The folder " + folder + " of rule files cannot be listed.",
                            "Correct `rules` in the configuration."),
                    e);
        }
        found.sort(null);
        return found;
    }
}

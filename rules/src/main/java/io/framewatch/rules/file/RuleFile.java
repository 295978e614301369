package io.framewatch.rules.file;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.model.yaml.YamlProblems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file of rule groups in Prometheus's format
/// (<https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/>). Immutable.
///
/// @param name the file's name as people know it; part of the identity of its groups
/// @param groups in the order of the file
public record RuleFile(String name, List<RuleGroup> groups) {

    /// Largest file read, bytes.
    public static final long FILE_BYTES_MAX = 16L * 1024 * 1024;

    /// Reads a file. Throws [FaultException] with code `rules_invalid`, which names every problem
    /// with its line and column, or `rules_unreadable`.
    public static RuleFile read(Path path) {
        try {
            if (Files.size(path) > FILE_BYTES_MAX) {
                throw unreadable(path, "it has more than " + FILE_BYTES_MAX + " bytes", null);
            }
            return read(path.toString(), Files.readString(path, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw unreadable(path, "it is not UTF-8", e);
        } catch (IOException e) {
            throw unreadable(path, "it is missing or access is denied", e);
        }
    }

    /// Reads a text; `name` is the file's name. Throws [FaultException] with code `rules_invalid`.
    public static RuleFile read(String name, String text) {
        YamlProblems problems = new YamlProblems();
        RuleFile file = new RuleFileReader(problems).read(name, text);
        problems.throwIfAny("rules_invalid");
        return file;
    }

    /// What is wrong with a text; empty if nothing is.
    public static List<YamlProblem> check(String name, String text) {
        YamlProblems problems = new YamlProblems();
        new RuleFileReader(problems).read(name, text);
        return problems.all();
    }

    /// How many rules it holds.
    public int rules() {
        return groups.stream().mapToInt(group -> group.rules().size()).sum();
    }

    private static FaultException unreadable(
            Path path, String why, @org.jspecify.annotations.Nullable IOException cause) {
        Fault fault =
                Fault.operator(
                        "rules_unreadable",
                        "The rule file " + path + " cannot be read: " + why + ".",
                        "Check the path and its permissions.");
        return cause == null ? new FaultException(fault) : new FaultException(fault, cause);
    }
}

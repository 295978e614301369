package io.framewatch.rules.test;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.rules.file.RuleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Runs files of rule tests as `promtool test rules` does. Thread safe.
public final class RuleTests {

    private final Clock clock;

    /// @param clock for timeouts of expressions; evaluation times come from the files
    public RuleTests(Clock clock) {
        this.clock = clock;
    }

    /// Runs the tests of a file whose names `wanted` accepts.
    public RuleTestReport run(Path file, Predicate<String> wanted) {
        List<String> problems = new ArrayList<>();
        YamlProblems found = new YamlProblems();
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return failed(file, List.of(file + ": the file cannot be read"));
        }
        RuleTestFile tests = RuleTestFileReader.read(file.toString(), text, found);
        found.all().stream().map(YamlProblem::toString).forEach(problems::add);
        List<RuleFile> rules = rules(file, tests.ruleFiles(), problems);
        if (!problems.isEmpty()) {
            return failed(file, problems);
        }
        List<RuleTestReport.Result> results = new ArrayList<>();
        for (RuleTestFile.Case each : tests.cases()) {
            if (wanted.test(each.name())) {
                RuleTestCase run = new RuleTestCase(tests, each, rules, clock);
                results.add(new RuleTestReport.Result(each.name(), run.failures()));
            }
        }
        return new RuleTestReport(file.toString(), List.of(), List.copyOf(results));
    }

    /// Runs all tests of a file.
    public RuleTestReport run(Path file) {
        return run(file, _ -> true);
    }

    private static RuleTestReport failed(Path file, List<String> problems) {
        return new RuleTestReport(file.toString(), List.copyOf(problems), List.of());
    }

    private static List<RuleFile> rules(Path file, List<String> names, List<String> problems) {
        Map<Path, RuleFile> read = new LinkedHashMap<>();
        for (String name : names) {
            try {
                for (Path path : matching(file.toAbsolutePath().resolveSibling(name))) {
                    read.put(path, RuleFile.read(path));
                }
            } catch (FaultException e) {
                problems.add(e.fault().what());
            } catch (IOException e) {
                problems.add(name + ": the folder cannot be read");
            }
        }
        return List.copyOf(read.values());
    }

    /// The files a name or pattern stands for, sorted.
    private static List<Path> matching(Path pattern) throws IOException {
        Path path = pattern.normalize();
        Path parent = path.getParent();
        if (!path.toString().matches(".*[*?\\[].*") || parent == null) {
            return List.of(path);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path);
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(matcher::matches).sorted().toList();
        }
    }
}

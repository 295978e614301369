package io.framewatch.server.cli;

import io.framewatch.model.Clock;
import io.framewatch.query.promqltest.ScriptReport;
import io.framewatch.query.promqltest.ScriptRunner;
import io.framewatch.rules.test.RuleTestReport;
import io.framewatch.rules.test.RuleTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch test promql|rules FILE...`: status 0 only if everything answers as expected.
@Command(name = "test", description = "Runs test scripts.", mixinStandardHelpOptions = true)
final class TestCommand {

    @Spec private @Nullable CommandSpec spec;

    @Command(
            name = "promql",
            description = "Runs scripts in Prometheus's promqltest language.",
            mixinStandardHelpOptions = true)
    int promql(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        ScriptRunner runner = new ScriptRunner(Clock.system());
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            ScriptReport report = runner.run(file.toString(), InputFiles.text(file));
            report.lines().forEach(out::println);
            passed += report.passed();
            failed += report.failures().size();
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    @Command(
            name = "rules",
            description = "Runs unit tests of rules in promtool's format.",
            mixinStandardHelpOptions = true)
    int rules(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        RuleTests tests = new RuleTests(Clock.system());
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            RuleTestReport report = tests.run(file);
            report.problems().forEach(problem -> out.println(file + ": " + problem));
            failed += report.problems().size();
            for (RuleTestReport.Result result : report.results()) {
                result.failures()
                        .forEach(what -> out.println(file + ": " + result.name() + ": " + what));
                passed += result.failures().isEmpty() ? 1 : 0;
                failed += result.failures().isEmpty() ? 0 : 1;
            }
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }
}

package io.framewatch.server.cli;

import io.framewatch.model.Clock;
import io.framewatch.query.promqltest.ScriptReport;
import io.framewatch.query.promqltest.ScriptRunner;
import io.framewatch.rules.test.RuleTestReport;
import io.framewatch.rules.test.RuleTests;
import java.io.PrintWriter;
import java.nio.file.Path;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch test promql|rules FILE...`: status 0 only if everything answers as expected.
final class TestCommand {

    private static final String DESCRIPTION = "Runs test scripts.";

    private TestCommand() {}

    static void declare(Subparsers verbs) {
        Subparsers kinds = Run.group(verbs, "test", DESCRIPTION).addSubparsers().metavar("KIND");
        FilesParameter.kind(
                kinds,
                "promql",
                "Runs scripts in Prometheus's promqltest language.",
                TestCommand::promql);
        FilesParameter.kind(
                kinds,
                "rules",
                "Runs unit tests of rules in promtool's format.",
                TestCommand::rules);
    }

    private static int promql(Namespace given, PrintWriter out) {
        ScriptRunner runner = new ScriptRunner(Clock.system());
        int passed = 0;
        int failed = 0;
        for (Path file : FilesParameter.of(given)) {
            ScriptReport report = runner.run(file.toString(), InputFiles.text(file));
            report.lines().forEach(out::println);
            passed += report.passed();
            failed += report.failures().size();
        }
        return FilesParameter.summary(out, passed, failed);
    }

    private static int rules(Namespace given, PrintWriter out) {
        RuleTests tests = new RuleTests(Clock.system());
        int passed = 0;
        int failed = 0;
        for (Path file : FilesParameter.of(given)) {
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
        return FilesParameter.summary(out, passed, failed);
    }
}

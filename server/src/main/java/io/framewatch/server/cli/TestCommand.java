package io.framewatch.server.cli;

import io.framewatch.model.Clock;
import io.framewatch.query.promqltest.ScriptReport;
import io.framewatch.query.promqltest.ScriptRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch test promql FILE...`: status 0 only if every eval answers as expected.
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
}

package io.framewatch.server.cli;

import io.framewatch.model.Clock;
import io.framewatch.query.promqltest.ScriptReport;
import io.framewatch.query.promqltest.ScriptRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch test promql`: runs scripts in promqltest's language. Exit status 0 only if all passes.
@Command(
        name = "test",
        description = "Runs test scripts.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "promql")
final class TestCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    @Command(
            name = "promql",
            description = "Runs promqltest scripts and names each line that fails.",
            mixinStandardHelpOptions = true)
    int promql(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) {
        if (spec == null) {
            throw new IllegalStateException("the command line sets its specification");
        }
        PrintWriter out = spec.commandLine().getOut();
        ScriptRunner runner = new ScriptRunner(Clock.system());
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            ScriptReport report = runner.run(file.toString(), FileInputs.text(file));
            report.lines().forEach(out::println);
            passed += report.passed();
            failed += report.failures().size();
        }
        out.println(passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }
}

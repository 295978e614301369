package io.framewatch.server.cli;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.model.FaultException;
import io.framewatch.query.promql.check.ExpressionCheck;
import io.framewatch.rules.file.RuleFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch check promql|config|rules`: says what is wrong with files, starting nothing. Exit status 0 only if
/// nothing is.
@Command(
        name = "check",
        description = "Says what is wrong with files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "promql|config|rules")
final class CheckCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }

    private PrintWriter out() {
        if (spec == null) {
            throw new IllegalStateException("the command line sets its specification");
        }
        return spec.commandLine().getOut();
    }

    @Command(
            name = "promql",
            description = "Reads expressions: one a line, or JSON lines with the field expr.",
            mixinStandardHelpOptions = true)
    int promql(
            @Option(
                            names = "--variables",
                            description = "put example values in the place of dashboard variables first")
                    boolean variables,
            @Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) {
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            ExpressionCheck.Report report =
                    new ExpressionCheck(variables).check(FileInputs.text(file).lines().toList());
            passed += report.passed();
            failed += report.problems().size();
            report.problems()
                    .forEach(p -> out().println(file + ":" + p.line() + ": " + p.what() + "\n    " + p.expression()));
        }
        out().println(passed + " passed, " + failed + " failed");
        out().flush();
        return failed == 0 ? 0 : 1;
    }

    @Command(
            name = "config",
            description = "Reads prometheus.yml files and the rule files they name.",
            mixinStandardHelpOptions = true)
    int config(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) {
        int failed = 0;
        for (Path file : files) {
            try {
                PrometheusConfig config = PrometheusConfig.read(file);
                config.warnings().forEach(w -> out().println(file + ": warning: " + w));
                failed += rules(config.ruleFilePaths());
                out().println(file + ": valid");
            } catch (FaultException e) {
                failed++;
                out().println(e.fault().what());
            }
        }
        out().flush();
        return failed == 0 ? 0 : 1;
    }

    @Command(name = "rules", description = "Reads rule files.", mixinStandardHelpOptions = true)
    int rules(@Parameters(paramLabel = "FILE", arity = "1..*") List<Path> files) {
        int failed = 0;
        for (Path file : files) {
            try {
                RuleFile read = RuleFile.read(file);
                out().println(file + ": valid, " + read.rules() + " rules");
            } catch (FaultException e) {
                failed++;
                out().println(e.fault().what());
            }
        }
        out().flush();
        return failed == 0 ? 0 : 1;
    }
}

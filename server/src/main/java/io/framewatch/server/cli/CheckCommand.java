package io.framewatch.server.cli;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.model.FaultException;
import io.framewatch.model.yaml.YamlProblem;
import io.framewatch.query.promql.check.ExpressionCheck;
import io.framewatch.rules.file.RuleFile;
import io.framewatch.server.config.SettingsFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch check promql|rules|config FILE...`: status 0 only if all is well.
@Command(
        name = "check",
        description = "Checks expressions, rule files and configuration without running them.",
        mixinStandardHelpOptions = true)
final class CheckCommand {

    @Spec private @Nullable CommandSpec spec;

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    @Command(
            name = "promql",
            description = "Parses expressions: one a line, or JSON lines with `expr`.",
            mixinStandardHelpOptions = true)
    int promql(
            @Option(
                            names = "--variables",
                            description = "Give dashboard variables such as $job values first.")
                    boolean variables,
            @Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        ExpressionCheck check = new ExpressionCheck(variables);
        int passed = 0;
        int failed = 0;
        for (Path file : files) {
            ExpressionCheck.Report report = check.check(InputFiles.text(file).lines().toList());
            for (ExpressionCheck.Problem problem : report.problems()) {
                out().println(file + ":" + problem.line() + ": " + problem.what());
            }
            passed += report.passed();
            failed += report.problems().size();
        }
        return summary(passed, failed);
    }

    @Command(name = "rules", description = "Reads rule files.", mixinStandardHelpOptions = true)
    int rules(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        int failed = 0;
        for (Path file : files) {
            List<YamlProblem> problems = RuleFile.check(file.toString(), InputFiles.text(file));
            problems.forEach(out()::println);
            failed += problems.isEmpty() ? 0 : 1;
        }
        return summary(files.size() - failed, failed);
    }

    @Command(
            name = "config",
            description = "Reads framewatch.yml or prometheus.yml files, with the files they name.",
            mixinStandardHelpOptions = true)
    int config(@Parameters(arity = "1..*", paramLabel = "FILE") List<Path> files) {
        int failed = 0;
        for (Path file : files) {
            try {
                readConfig(file).forEach(note -> out().println(file + ": " + note));
            } catch (FaultException e) {
                out().println(e.fault().what().strip());
                failed++;
            }
        }
        return summary(files.size() - failed, failed);
    }

    /// Notes on a configuration that is well, of whichever kind the name or the content tells.
    private static List<String> readConfig(Path file) {
        List<String> notes = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("framewatch")) {
            SettingsFile.read(file);
        } else {
            PrometheusConfig config = PrometheusConfig.read(file);
            notes.addAll(config.warnings());
            config.ruleFilePaths().forEach(RuleFile::read);
        }
        return notes;
    }

    private int summary(int passed, int failed) {
        out().println(passed + " passed, " + failed + " failed");
        out().flush();
        return failed == 0 ? 0 : 1;
    }
}

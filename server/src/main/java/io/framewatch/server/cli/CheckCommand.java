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
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch check promql|rules|config FILE...`: status 0 only if all is well.
final class CheckCommand {

    private static final String DESCRIPTION =
            "Checks expressions, rule files and configuration without running them.";

    private CheckCommand() {}

    static void declare(Subparsers verbs) {
        Subparsers kinds = Run.group(verbs, "check", DESCRIPTION).addSubparsers().metavar("KIND");
        FilesParameter.kind(
                        kinds,
                        "promql",
                        "Parses expressions: one a line, or JSON lines with `expr`.",
                        CheckCommand::promql)
                .addArgument("--variables")
                .action(Arguments.storeTrue())
                .help("Give dashboard variables such as $job values first.");
        FilesParameter.kind(kinds, "rules", "Reads rule files.", CheckCommand::rules);
        FilesParameter.kind(
                kinds,
                "config",
                "Reads framewatch.yml or prometheus.yml files, with the files they name.",
                CheckCommand::config);
    }

    private static int promql(Namespace given, PrintWriter out) {
        ExpressionCheck check = new ExpressionCheck(given.getBoolean("variables"));
        int passed = 0;
        int failed = 0;
        for (Path file : FilesParameter.of(given)) {
            ExpressionCheck.Report report = check.check(InputFiles.text(file).lines().toList());
            for (ExpressionCheck.Problem problem : report.problems()) {
                out.println(file + ":" + problem.line() + ": " + problem.what());
            }
            passed += report.passed();
            failed += report.problems().size();
        }
        return FilesParameter.summary(out, passed, failed);
    }

    private static int rules(Namespace given, PrintWriter out) {
        List<Path> files = FilesParameter.of(given);
        int failed = 0;
        for (Path file : files) {
            List<YamlProblem> problems = RuleFile.check(file.toString(), InputFiles.text(file));
            problems.forEach(out::println);
            failed += problems.isEmpty() ? 0 : 1;
        }
        return FilesParameter.summary(out, files.size() - failed, failed);
    }

    private static int config(Namespace given, PrintWriter out) {
        List<Path> files = FilesParameter.of(given);
        int failed = 0;
        for (Path file : files) {
            try {
                readConfig(file).forEach(note -> out.println(file + ": " + note));
            } catch (FaultException e) {
                out.println(e.fault().what().strip());
                failed++;
            }
        }
        return FilesParameter.summary(out, files.size() - failed, failed);
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
}

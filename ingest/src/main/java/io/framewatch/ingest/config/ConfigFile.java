package io.framewatch.ingest.config;

import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a whole configuration file, top down.
final class ConfigFile {

    /// Largest file read, bytes.
    static final long BYTES_MAX = 32L * 1024 * 1024;

    private final Function<String, @Nullable String> environment;
    private final List<String> warnings = new ArrayList<>();

    ConfigFile(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    PrometheusConfig read(Path file) {
        return parse(file, content(file));
    }

    PrometheusConfig parse(Path file, String text) {
        YamlProblems problems = new YamlProblems();
        Source source = new Source(file, Source.folderOf(file), problems, environment);
        Section top = source.top(text);
        Section globalSection = top.section("global");
        ScrapeDefaults defaults = ScrapeDefaults.read(globalSection);
        Labels external = externalLabels(globalSection);
        GlobalConfig global = global(globalSection, defaults, external);
        List<ScrapeConfig> jobs = new ArrayList<>(jobs(top, defaults));
        List<String> ruleFiles = top.texts("rule_files");
        checkPatterns(top, "rule_files", ruleFiles);
        AlertingConfig alerting = alerting(top.section("alerting"));
        List<RemoteConfig> writes = RemoteSection.writes(top, warnings);
        List<RemoteConfig> reads = RemoteSection.reads(top);
        OtlpOptions otlp = OtherSections.read(top, defaults.utf8Names());
        List<String> includes = top.texts("scrape_config_files");
        checkPatterns(top, "scrape_config_files", includes);
        top.end();
        include(source, includes, defaults, jobs);
        checkUnique(top, jobs);
        problems.throwIfAny("config_invalid");
        warnUnsupported(jobs);
        return new PrometheusConfig(
                global, jobs, ruleFiles, alerting, writes, reads, otlp, source.folder(), warnings);
    }

    private static String content(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw unreadable(file, "it is larger than 32 MB");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, Files.exists(file) ? "access is denied" : "it does not exist");
        }
    }

    private static FaultException unreadable(Path file, String why) {
        return new FaultException(
                Fault.operator(
                        "config_unreadable",
                        "The configuration file " + file + " cannot be read: " + why + ".",
                        "Name an existing, readable YAML file."));
    }

    private static GlobalConfig global(Section section, ScrapeDefaults defaults, Labels external) {
        long evaluation = section.durationMs("evaluation_interval", 60_000);
        long offset = section.durationMs("rule_query_offset", 0);
        section.allow("query_log_file");
        section.end();
        return new GlobalConfig(
                defaults.intervalMs(),
                defaults.timeoutMs(),
                evaluation == 0 ? 60_000 : evaluation,
                offset,
                external,
                defaults.limits());
    }

    private Labels externalLabels(Section global) {
        Labels.Builder labels = new Labels.Builder();
        global.textMap("external_labels").forEach((name, value) -> labels.set(name, expand(value)));
        return labels.build();
    }

    /// `$NAME` and `${NAME}` from the environment, `$$` for a dollar sign; unset ones are empty.
    private String expand(String text) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != '$' || at + 1 == text.length()) {
                out.append(c);
                at++;
                continue;
            }
            boolean braces = text.charAt(at + 1) == '{';
            int to = at + (braces ? 2 : 1);
            int from = to;
            while (to < text.length() && isWord(text.charAt(to))) {
                to++;
            }
            if (text.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else {
                String value = environment.apply(text.substring(from, to));
                out.append(value == null ? "" : value);
                at = braces && to < text.length() ? to + 1 : Math.max(to, at + 1);
            }
        }
        return out.toString();
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static List<ScrapeConfig> jobs(Section top, ScrapeDefaults defaults) {
        List<ScrapeConfig> jobs = new ArrayList<>();
        for (Section section :
                top.sections("scrape_configs", "empty or null scrape config section")) {
            jobs.add(ScrapeSection.read(section, defaults));
        }
        return jobs;
    }

    /// Reads the files of `scrape_config_files`, which hold `scrape_configs` and nothing else.
    private void include(
            Source main, List<String> patterns, ScrapeDefaults defaults, List<ScrapeConfig> jobs) {
        for (Path file : included(main.folder(), patterns)) {
            Source source = new Source(file, Source.folderOf(file), main.problems(), environment);
            Section top = source.top(content(file));
            jobs.addAll(jobs(top, defaults));
            top.end();
        }
    }

    /// A file that two patterns name is read twice, and its jobs then are not unique.
    private static List<Path> included(Path folder, List<String> patterns) {
        return patterns.stream()
                .flatMap(pattern -> Globs.expand(folder, List.of(pattern)).stream())
                .toList();
    }

    private static void checkUnique(Section top, List<ScrapeConfig> jobs) {
        Set<String> names = new HashSet<>();
        for (ScrapeConfig job : jobs) {
            if (!job.jobName().isEmpty() && !names.add(job.jobName())) {
                top.problem(
                        "scrape_configs",
                        "the job name \"" + job.jobName() + "\" is used more than once");
            }
        }
    }

    private static void checkPatterns(Section top, String key, List<String> patterns) {
        for (String pattern : patterns) {
            if (!Globs.isValid(pattern)) {
                top.problem(key, "not a valid file path pattern: \"" + pattern + "\"");
            }
        }
    }

    private static AlertingConfig alerting(Section section) {
        List<RelabelRule> relabel =
                RelabelSection.read(section, "alert_relabel_configs", "alert relabeling rule");
        List<AlertmanagerConfig> managers = new ArrayList<>();
        for (Section one : section.sections("alertmanagers", "empty or null alertmanagers entry")) {
            managers.add(alertmanager(one));
        }
        section.end();
        return new AlertingConfig(relabel, List.copyOf(managers));
    }

    private static AlertmanagerConfig alertmanager(Section section) {
        String scheme = section.word("scheme", "http", List.of("http", "https"));
        String prefix = section.text("path_prefix", "");
        long timeout = section.durationMs("timeout", 10_000);
        section.word("api_version", "v2", List.of("v1", "v2"));
        section.allow("sigv4");
        HttpClientConfig http = HttpSection.read(section);
        List<RelabelRule> relabel =
                RelabelSection.read(
                        section, "relabel_configs", "Alertmanager target relabeling rule");
        List<RelabelRule> alertRelabel =
                RelabelSection.read(
                        section, "alert_relabel_configs", "Alertmanager alert relabeling rule");
        List<Discovery> discoveries = DiscoverySection.read(section);
        section.end();
        return new AlertmanagerConfig(
                scheme, prefix, timeout, http, relabel, alertRelabel, discoveries);
    }

    private void warnUnsupported(List<ScrapeConfig> jobs) {
        for (ScrapeConfig job : jobs) {
            for (Discovery discovery : job.discoveries()) {
                if (discovery instanceof Discovery.Unsupported unsupported) {
                    warnings.add(
                            "Job \""
                                    + job.jobName()
                                    + "\", line "
                                    + unsupported.line()
                                    + ": "
                                    + unsupported.kind()
                                    + " is understood but finds no targets in this version.");
                }
            }
        }
    }
}

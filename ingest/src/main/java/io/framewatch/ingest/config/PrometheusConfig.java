package io.framewatch.ingest.config;

import io.framewatch.wire.otlp.metrics.OtlpOptions;
import java.nio.file.Path;
import java.util.List;

/// A whole `prometheus.yml`. Immutable, thread safe.
///
/// @param global the section `global`
/// @param scrapeConfigs jobs, those of `scrape_config_files` included
/// @param ruleFiles rule file patterns as written
/// @param alerting where alerts go
/// @param remoteWrite servers that samples are to be sent to
/// @param remoteRead servers that queries may also ask
/// @param otlp how OTLP metrics become samples
/// @param folder folder that relative paths start from
/// @param warnings what was understood but is not carried out, one sentence each
public record PrometheusConfig(
        GlobalConfig global,
        List<ScrapeConfig> scrapeConfigs,
        List<String> ruleFiles,
        AlertingConfig alerting,
        List<RemoteConfig> remoteWrite,
        List<RemoteConfig> remoteRead,
        OtlpOptions otlp,
        Path folder,
        List<String> warnings) {

    /// Copies the lists.
    public PrometheusConfig {
        scrapeConfigs = List.copyOf(scrapeConfigs);
        ruleFiles = List.copyOf(ruleFiles);
        remoteWrite = List.copyOf(remoteWrite);
        remoteRead = List.copyOf(remoteRead);
        warnings = List.copyOf(warnings);
    }

    /// Reads a file and the scrape configuration files it names. Throws [FaultException] with code
    /// `config_invalid`, listing every problem as `file:line:column: text`, or `config_unreadable`.
    public static PrometheusConfig read(Path file) {
        return new ConfigFile(System::getenv).read(file);
    }

    /// Reads `text` as if it stood in `file`, which need not exist; relative paths start from its
    /// folder.
    public static PrometheusConfig parse(Path file, String text) {
        return new ConfigFile(System::getenv).parse(file, text);
    }

    /// The rule files that exist now: patterns expanded, sorted, each once.
    public List<Path> ruleFilePaths() {
        return Globs.expand(folder, ruleFiles);
    }
}

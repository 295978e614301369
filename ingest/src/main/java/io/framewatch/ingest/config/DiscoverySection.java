package io.framewatch.ingest.config;

import io.framewatch.model.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads where the targets of a job come from: `static_configs`, `file_sd_configs` and every other
/// `*_sd_configs`.
final class DiscoverySection {

    private static final Set<String> FILE_SUFFIXES = Set.of("json", "yml", "yaml");

    private DiscoverySection() {}

    static List<Discovery> read(Section job) {
        List<Discovery> discoveries = new ArrayList<>();
        for (Section one :
                job.sections("static_configs", "empty or null section in static_configs")) {
            discoveries.add(statics(one));
        }
        for (Section one :
                job.sections("file_sd_configs", "empty or null section in file_sd_configs")) {
            discoveries.add(files(one));
        }
        for (String kind : CloudSections.KINDS) {
            for (Section one : job.sections(kind, "empty or null section in " + kind)) {
                discoveries.add(CloudSections.read(kind, one));
            }
        }
        return discoveries;
    }

    private static Discovery statics(Section section) {
        List<String> targets = section.texts("targets");
        for (String target : targets) {
            if (target.contains("/")) {
                section.problem(
                        "targets",
                        "\""
                                + target
                                + "\" is not host:port; path and scheme have keys of their own");
            }
        }
        Map<String, String> labels = section.textMap("labels");
        section.end();
        return new Discovery.Static(targets, Labels.of(labels));
    }

    private static Discovery files(Section section) {
        List<String> patterns = section.texts("files");
        if (patterns.isEmpty()) {
            section.problem("files", "file_sd_configs needs files");
        }
        for (String pattern : patterns) {
            String suffix = pattern.substring(pattern.lastIndexOf('.') + 1);
            int name = pattern.lastIndexOf('/') + 1;
            boolean starsOnce = pattern.indexOf('*') == pattern.lastIndexOf('*');
            boolean starsLast = pattern.indexOf('*') < 0 || pattern.indexOf('*') >= name;
            if (!FILE_SUFFIXES.contains(suffix) || !starsOnce || !starsLast) {
                section.problem(
                        "files",
                        "\""
                                + pattern
                                + "\" must end in .json, .yml or .yaml, with at most one * in its last part");
            }
        }
        long refresh = section.durationMs("refresh_interval", 300_000);
        section.end();
        return new Discovery.Files(patterns, refresh == 0 ? 300_000 : refresh);
    }
}

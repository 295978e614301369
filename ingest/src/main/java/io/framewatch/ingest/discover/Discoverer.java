package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.config.Globs;
import io.framewatch.model.Labels;
import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlProblems;
import io.framewatch.model.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the groups of a job. Target files are read again when their size or time changes; one that
/// became unreadable or wrong keeps its last good content, as a half-written file soon mends. Not
/// thread safe.
public final class Discoverer {

    /// Largest target file, bytes.
    public static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

    private record Stamp(long modifiedMs, long size) {}

    private record Read(Stamp stamp, List<TargetGroup> groups) {}

    private final Path folder;
    private final List<Discovery> discoveries;
    private final Map<Path, Read> files = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /// Discovery of `discoveries`; relative file patterns start at `folder`.
    public Discoverer(Path folder, List<Discovery> discoveries) {
        this.folder = folder;
        this.discoveries = discoveries;
    }

    /// Everything found now.
    public List<TargetGroup> groups() {
        problems.clear();
        List<TargetGroup> groups = new ArrayList<>();
        for (Discovery discovery : discoveries) {
            switch (discovery) {
                case Discovery.Static statics ->
                        groups.add(new TargetGroup(statics.targets(), statics.labels()));
                case Discovery.Files watched -> {
                    for (Path file : Globs.expand(folder, watched.patterns())) {
                        groups.addAll(read(file));
                    }
                }
                case Discovery.Unsupported _ -> {}
            }
        }
        return groups;
    }

    /// What was wrong in the latest [#groups], one sentence each.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Whether there are files that may change.
    public boolean watchesFiles() {
        return discoveries.stream().anyMatch(Discovery.Files.class::isInstance);
    }

    private List<TargetGroup> read(Path file) {
        Read before = files.get(file);
        try {
            Stamp stamp = new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
            if (before != null && before.stamp.equals(stamp)) {
                return before.groups;
            }
            if (stamp.size > FILE_BYTES_MAX) {
                throw new IOException("larger than 64 MB");
            }
            List<TargetGroup> groups = parse(file, Files.readString(file));
            files.put(file, new Read(stamp, groups));
            return groups;
        } catch (IOException | IllegalArgumentException e) {
            problems.add("The target file " + file + " cannot be used: " + e.getMessage() + ".");
            return before == null ? List.of() : before.groups;
        }
    }

    /// JSON is YAML, so one reader does for both.
    private static List<TargetGroup> parse(Path file, String text) {
        YamlProblems problems = new YamlProblems();
        YamlValue top = YamlValue.parse(file.toString(), text, problems);
        List<TargetGroup> groups = new ArrayList<>();
        for (YamlValue item : top.list()) {
            if (item.isNull()) {
                item.problem("an empty target group");
                continue;
            }
            YamlMap map = item.map();
            List<String> targets = map.texts("targets");
            Labels labels = Labels.of(map.textMap("labels"));
            map.rejectUnknown();
            groups.add(new TargetGroup(targets, labels.with("__meta_filepath", file.toString())));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.all().getFirst().toString());
        }
        return groups;
    }
}

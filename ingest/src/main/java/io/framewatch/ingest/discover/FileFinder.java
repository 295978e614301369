package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.config.Globs;
import io.framewatch.ingest.discover.find.DiscoveryStatus;
import io.framewatch.ingest.discover.find.FindException;
import io.framewatch.ingest.discover.find.Finder;
import io.framewatch.ingest.discover.find.FinderCounts;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Targets of files. A file is read again when its size or time changes, and all are every refresh
/// interval; one that became unreadable or wrong keeps its last good content, as a half-written
/// file soon mends. A file that is gone takes its targets with it. Thread safe.
final class FileFinder implements Finder {

    /// Largest target file, bytes.
    static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

    private record Stamp(long modifiedMs, long size) {}

    private record Read(Stamp stamp, List<TargetGroup> groups) {}

    private final Path folder;
    private final Discovery.Files watched;
    private final Clock clock;
    private final FinderCounts counts;
    private final Map<Path, Read> files = new HashMap<>();
    private long allReadMs;
    private Finding finding = Finding.NONE;

    FileFinder(Path folder, Discovery.Files watched, Clock clock) {
        this.folder = folder;
        this.watched = watched;
        this.clock = clock;
        this.allReadMs = clock.nowMs();
        this.counts = new FinderCounts("file", String.join(", ", watched.patterns()));
    }

    /// Looks at the files now.
    @Override
    public synchronized Finding finding() {
        long now = clock.nowMs();
        boolean all = now - allReadMs >= watched.refreshIntervalMs();
        allReadMs = all ? now : allReadMs;
        List<TargetGroup> groups = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<Path> present = Globs.expand(folder, watched.patterns());
        for (Path file : present) {
            groups.addAll(read(file, all, problems));
        }
        files.keySet().retainAll(new HashSet<>(present));
        Finding found = new Finding(true, groups, problems);
        if (!found.equals(finding)) {
            finding = found;
        }
        return finding;
    }

    private List<TargetGroup> read(Path file, boolean always, List<String> problems) {
        Read before = files.get(file);
        try {
            Stamp stamp = new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
            if (!always && before != null && before.stamp.equals(stamp)) {
                return before.groups;
            }
            List<TargetGroup> groups = content(file, stamp.size);
            counts.succeeded(clock.nowMs());
            files.put(file, new Read(stamp, groups));
            return groups;
        } catch (CharacterCodingException e) {
            return failed(file, before, "it is not UTF-8 text", problems);
        } catch (IOException | FindException e) {
            return failed(file, before, String.valueOf(e.getMessage()), problems);
        }
    }

    private List<TargetGroup> failed(
            Path file, @Nullable Read before, String why, List<String> problems) {
        counts.failed();
        problems.add("The target file " + file + " cannot be used: " + why + ".");
        return before == null ? List.of() : before.groups;
    }

    private static List<TargetGroup> content(Path file, long size)
            throws IOException, FindException {
        if (size > FILE_BYTES_MAX) {
            throw new FindException("it is larger than 64 MB");
        }
        Labels labels = Labels.of("__meta_filepath", file.toString());
        String text = Files.readString(file);
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json")
                ? TargetLists.json(text, labels)
                : TargetLists.yaml(file.toString(), text, labels);
    }

    @Override
    public synchronized DiscoveryStatus status() {
        return counts.status(finding.targets());
    }

    @Override
    public void close() {}
}

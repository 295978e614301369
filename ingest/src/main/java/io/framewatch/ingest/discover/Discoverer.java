package io.framewatch.ingest.discover;

import io.framewatch.ingest.config.Discovery;
import io.framewatch.ingest.discover.find.Finding;
import io.framewatch.ingest.discover.find.TargetGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the groups of a job. Where a reload replaced a discovery by another of the same kind, the
/// old one's targets stay until the new one has found out something. Not thread safe.
public final class Discoverer {

    private final Finders finders;
    private final Path folder;
    private final List<Discovery> discoveries;
    private final Map<String, List<TargetGroup>> before;
    private List<Finding> findings = List.of();

    /// Discovery of `discoveries` through `finders`; relative paths start at `folder`. It takes
    /// over from `predecessor`, if there was one.
    public Discoverer(
            Finders finders,
            Path folder,
            List<Discovery> discoveries,
            @Nullable Discoverer predecessor) {
        this.finders = finders;
        this.folder = folder;
        this.discoveries = List.copyOf(discoveries);
        this.before = predecessor == null ? Map.of() : predecessor.groupsByPlace();
    }

    /// Looks again; answers whether anything changed since the last look.
    public boolean look() {
        List<Finding> found = keys().stream().map(finders::finding).toList();
        if (found.equals(findings)) {
            return false;
        }
        findings = found;
        return true;
    }

    /// Everything found by the latest [#look].
    public List<TargetGroup> groups() {
        List<TargetGroup> groups = new ArrayList<>();
        groupsByPlace().values().forEach(groups::addAll);
        return groups;
    }

    /// What was wrong at the latest [#look], one sentence each.
    public List<String> problems() {
        return findings.stream().flatMap(finding -> finding.problems().stream()).toList();
    }

    /// The discoveries used.
    public List<Finders.Key> keys() {
        return discoveries.stream().map(discovery -> new Finders.Key(folder, discovery)).toList();
    }

    /// The groups by kind of discovery and its place among those of its kind.
    private Map<String, List<TargetGroup>> groupsByPlace() {
        Map<String, List<TargetGroup>> places = new LinkedHashMap<>();
        Map<Class<?>, Integer> counts = new HashMap<>();
        for (int i = 0; i < findings.size(); i++) {
            Class<?> kind = discoveries.get(i).getClass();
            String place = kind.getSimpleName() + counts.merge(kind, 1, Integer::sum);
            Finding finding = findings.get(i);
            List<TargetGroup> groups =
                    finding.ready() ? finding.groups() : before.getOrDefault(place, List.of());
            places.put(place, groups);
        }
        return places;
    }
}

package io.framewatch.ingest.discover.find;

import java.util.List;

/// What one discovery knows now.
///
/// @param ready whether it has found out anything yet; until then its groups mean nothing
/// @param groups the groups, those of the last success if the latest try failed
/// @param problems what was wrong with the latest try, one sentence each
public record Finding(boolean ready, List<TargetGroup> groups, List<String> problems) {

    /// Nothing found out yet.
    public static final Finding NONE = new Finding(false, List.of(), List.of());

    /// Copies the lists.
    public Finding {
        groups = List.copyOf(groups);
        problems = List.copyOf(problems);
    }

    /// A success.
    public static Finding of(List<TargetGroup> groups) {
        return new Finding(true, groups, List.of());
    }

    /// A failure: what was known stays.
    public Finding failed(String problem) {
        return new Finding(ready, groups, List.of(problem));
    }

    /// How many addresses the groups hold.
    public int targets() {
        return groups.stream().mapToInt(group -> group.addresses().size()).sum();
    }
}

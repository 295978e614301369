package io.framewatch.server.dashboards;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What differs between two dashboards, in words: panels are told apart by their id, variables,
/// annotations and inputs by name, queries by refId, everything else by place. Not thread safe.
public final class JsonDiff {

    /// Most changes told; the rest is counted.
    public static final int CHANGES_MAX = 1_000;

    private static final int VALUE_LENGTH_MAX = 200;

    /// They change with every save.
    private static final Set<String> PASSED_OVER = Set.of("version", "id", "uid", "iteration");

    private static final Map<String, String> KEYS =
            Map.of("panels", "id", "list", "name", "targets", "refId");

    private final List<Change> changes = new ArrayList<>();
    private int more;

    private JsonDiff() {}

    /// How something differs.
    public enum Kind {
        /// It is new.
        ADDED,
        /// It is gone.
        REMOVED,
        /// It has another value.
        CHANGED,
        /// It stands elsewhere in its list.
        MOVED
    }

    /// One difference.
    ///
    /// @param kind how it differs
    /// @param path where, for people: `panels["CPU" #3].title`
    /// @param before JSON before, cut at 200 characters, null if there was none
    /// @param after JSON after, cut at 200 characters, null if there is none
    public record Change(Kind kind, String path, @Nullable String before, @Nullable String after) {

        /// The difference in one line.
        public String text() {
            return switch (kind) {
                case ADDED -> path + ": added " + after;
                case REMOVED -> path + ": removed " + before;
                case CHANGED -> path + ": " + before + " -> " + after;
                case MOVED -> path + ": moved from place " + before + " to " + after;
            };
        }
    }

    /// The differences.
    ///
    /// @param changes the first thousand
    /// @param more how many there are beyond these
    public record Result(List<Change> changes, int more) {}

    /// What changed from `before` to `after`.
    public static Result between(JsonNode before, JsonNode after) {
        JsonDiff diff = new JsonDiff();
        diff.object("", before, after, true);
        return new Result(List.copyOf(diff.changes), diff.more);
    }

    private void any(String path, String key, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            object(path, before, after, false);
        } else if (before.isArray() && after.isArray()) {
            String by = KEYS.get(key);
            if (by != null && keyed(before, by) && keyed(after, by)) {
                byKey(path, by, before, after);
            } else {
                byPlace(path, before, after);
            }
        } else {
            add(Kind.CHANGED, path, before, after);
        }
    }

    private void object(String path, JsonNode before, JsonNode after, boolean top) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String name = field.getKey();
            if (top && PASSED_OVER.contains(name)) {
                continue;
            }
            String at = path.isEmpty() ? name : path + "." + name;
            JsonNode other = after.get(name);
            if (other == null) {
                add(Kind.REMOVED, at, field.getValue(), null);
            } else {
                any(at, name, field.getValue(), other);
            }
        }
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            String name = field.getKey();
            if (!before.has(name) && !(top && PASSED_OVER.contains(name))) {
                add(Kind.ADDED, path.isEmpty() ? name : path + "." + name, null, field.getValue());
            }
        }
    }

    /// Whether every item has a key of its own.
    private static boolean keyed(JsonNode list, String by) {
        Map<JsonNode, JsonNode> seen = new HashMap<>();
        for (JsonNode item : list) {
            JsonNode key = item.path(by);
            if (!key.isValueNode() || key.isNull() || seen.put(key, item) != null) {
                return false;
            }
        }
        return true;
    }

    private void byKey(String path, String by, JsonNode before, JsonNode after) {
        Map<JsonNode, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < after.size(); i++) {
            places.put(after.get(i).path(by), i);
        }
        List<Stayed> stayed = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            JsonNode item = before.get(i);
            Integer place = places.remove(item.path(by));
            String at = path + "[" + name(item, by) + "]";
            if (place == null) {
                add(Kind.REMOVED, at, item, null);
            } else {
                stayed.add(new Stayed(at, i, place));
                any(at, "", item, after.get(place));
            }
        }
        moved(stayed);
        places.forEach((_, place) -> {
            JsonNode item = after.get(place);
            add(Kind.ADDED, path + "[" + name(item, by) + "]", null, item);
        });
    }

    /// An item of a list that is in both.
    private record Stayed(String path, int before, int after) {}

    /// Tells those that stand in another order than the longest run that kept its own.
    private void moved(List<Stayed> stayed) {
        int[] ends = new int[stayed.size()];
        int[] lengths = new int[stayed.size()];
        int longest = 0;
        for (int i = 0; i < stayed.size(); i++) {
            int at = Arrays.binarySearch(ends, 0, longest, stayed.get(i).after);
            at = at < 0 ? -at - 1 : at;
            ends[at] = stayed.get(i).after;
            lengths[i] = at + 1;
            longest = Math.max(longest, at + 1);
        }
        int wanted = longest;
        int below = Integer.MAX_VALUE;
        boolean[] kept = new boolean[stayed.size()];
        for (int i = stayed.size() - 1; i >= 0; i--) {
            kept[i] = lengths[i] == wanted && stayed.get(i).after < below;
            if (kept[i]) {
                wanted--;
                below = stayed.get(i).after;
            }
        }
        for (int i = 0; i < kept.length; i++) {
            Stayed each = stayed.get(i);
            if (!kept[i]) {
                String was = Integer.toString(each.before + 1);
                add(new Change(Kind.MOVED, each.path, was, Integer.toString(each.after + 1)));
            }
        }
    }

    private static String name(JsonNode item, String by) {
        String title = item.path("title").asString("");
        String key = item.path(by).asString("");
        if (!by.equals("id")) {
            return '"' + key + '"';
        }
        return title.isEmpty() ? "#" + key : '"' + cut(title) + "\" #" + key;
    }

    private void byPlace(String path, JsonNode before, JsonNode after) {
        int both = Math.min(before.size(), after.size());
        for (int i = 0; i < both; i++) {
            any(path + "[" + i + "]", "", before.get(i), after.get(i));
        }
        for (int i = both; i < before.size(); i++) {
            add(Kind.REMOVED, path + "[" + i + "]", before.get(i), null);
        }
        for (int i = both; i < after.size(); i++) {
            add(Kind.ADDED, path + "[" + i + "]", null, after.get(i));
        }
    }

    private void add(Kind kind, String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        add(new Change(kind, path, valueOrNull(before), valueOrNull(after)));
    }

    private void add(Change change) {
        if (changes.size() < CHANGES_MAX) {
            changes.add(change);
        } else {
            more++;
        }
    }

    private static @Nullable String valueOrNull(@Nullable JsonNode node) {
        return node == null ? null : cut(node.toString());
    }

    private static String cut(String text) {
        return text.length() <= VALUE_LENGTH_MAX
                ? text
                : text.substring(0, VALUE_LENGTH_MAX) + "...";
    }
}

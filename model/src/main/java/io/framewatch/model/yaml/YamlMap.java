package io.framewatch.model.yaml;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// The keys and values of a YAML map. Each key asked for is remembered as known; [#rejectUnknown]
/// then reports the others. A key whose value is null counts as absent. Not thread safe.
public final class YamlMap {

    private static final String MERGE = "<<";

    private final YamlValue at;
    private final YamlProblems problems;
    private final Map<String, YamlValue> keys = new LinkedHashMap<>();
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    YamlMap(YamlValue at, @Nullable MappingNode node, YamlProblems problems) {
        this.at = at;
        this.problems = problems;
        if (node != null) {
            readKeys(node);
        }
    }

    private void readKeys(MappingNode node) {
        for (NodeTuple pair : node.getValue()) {
            YamlValue key = new YamlValue(at.file(), pair.getKeyNode(), problems);
            String name = key.text();
            if (name.equals(MERGE)) {
                continue;
            }
            if (values.containsKey(name)) {
                key.problem("the key `" + name + "` stands here twice");
            }
            keys.put(name, key);
            values.put(name, new YamlValue(at.file(), pair.getValueNode(), problems));
        }
        for (NodeTuple pair : node.getValue()) {
            if (pair.getKeyNode() instanceof ScalarNode key && key.getValue().equals(MERGE)) {
                merge(pair.getValueNode(), new HashSet<>(Set.of(node)));
            }
        }
    }

    /// Takes over the keys of a merged map that are not set here; `seen` ends circles.
    private void merge(Node from, Set<Node> seen) {
        if (!seen.add(from)) {
            return;
        }
        if (from instanceof SequenceNode list) {
            list.getValue().forEach(item -> merge(item, seen));
        } else if (from instanceof MappingNode mapping) {
            for (NodeTuple pair : mapping.getValue()) {
                YamlValue key = new YamlValue(at.file(), pair.getKeyNode(), problems);
                if (key.text().equals(MERGE)) {
                    merge(pair.getValueNode(), seen);
                } else if (keys.putIfAbsent(key.text(), key) == null) {
                    values.put(key.text(), new YamlValue(at.file(), pair.getValueNode(), problems));
                }
            }
        }
    }

    /// The place of the map as a whole.
    public YamlValue at() {
        return at;
    }

    /// The keys in the order of the file, known or not; asking makes none of them known.
    public Set<String> keys() {
        return new LinkedHashSet<>(values.keySet());
    }

    /// Whether the key is present with a value.
    public boolean has(String key) {
        return find(key) != null;
    }

    /// The value of a key, or null if it is absent or null.
    public @Nullable YamlValue find(String key) {
        known.add(key);
        YamlValue value = values.get(key);
        return value == null || value.isNull() ? null : value;
    }

    /// The place of a key, for problems about it; of the map if the key is absent.
    public YamlValue keyAt(String key) {
        return keys.getOrDefault(key, at);
    }

    /// A text that must be there and not be empty.
    public String required(String key) {
        YamlValue value = find(key);
        if (value == null) {
            at.problem("`" + key + "` is missing");
            return "";
        }
        String text = value.text();
        if (text.isEmpty() && value.isScalar()) {
            value.problem("`" + key + "` is empty");
        }
        return text;
    }

    /// A text.
    public String text(String key, String otherwise) {
        YamlValue value = find(key);
        return value == null ? otherwise : value.text();
    }

    /// A text, or null if absent.
    public @Nullable String textOrNull(String key) {
        YamlValue value = find(key);
        return value == null ? null : value.text();
    }

    /// A truth value.
    public boolean bool(String key, boolean otherwise) {
        YamlValue value = find(key);
        return value == null ? otherwise : value.bool();
    }

    /// A whole number, bounds included.
    public long whole(String key, long otherwise, long min, long max) {
        YamlValue value = find(key);
        if (value == null) {
            return otherwise;
        }
        long number = value.whole();
        if (number < min || number > max) {
            value.problem("`" + key + "` must be " + min + " to " + max);
            return otherwise;
        }
        return number;
    }

    /// A number.
    public double number(String key, double otherwise) {
        YamlValue value = find(key);
        return value == null ? otherwise : value.number();
    }

    /// A duration, milliseconds.
    public long durationMs(String key, long otherwiseMs) {
        YamlValue value = find(key);
        return value == null ? otherwiseMs : value.durationMs();
    }

    /// A size, bytes.
    public long sizeBytes(String key, long otherwiseBytes) {
        YamlValue value = find(key);
        return value == null ? otherwiseBytes : value.sizeBytes();
    }

    /// One of a few words.
    public String oneOf(String key, String otherwise, List<String> words) {
        YamlValue value = find(key);
        if (value == null) {
            return otherwise;
        }
        String word = value.text();
        if (!words.contains(word)) {
            value.problem("`" + key + "` must be one of " + String.join(", ", words));
            return otherwise;
        }
        return word;
    }

    /// A list; empty if absent.
    public List<YamlValue> list(String key) {
        YamlValue value = find(key);
        return value == null ? List.of() : value.list();
    }

    /// A list of texts; empty if absent.
    public List<String> texts(String key) {
        return list(key).stream().map(YamlValue::text).toList();
    }

    /// A map; empty if absent.
    public YamlMap map(String key) {
        YamlValue value = find(key);
        return value == null ? new YamlMap(keyAt(key), null, problems) : value.map();
    }

    /// A map of texts, such as labels, in the order of the file; empty if absent.
    public Map<String, String> textMap(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        YamlMap map = map(key);
        for (String name : map.keys()) {
            YamlValue value = map.find(name);
            texts.put(name, value == null ? "" : value.text());
        }
        return texts;
    }

    /// Reports a key that was understood once, saying what to write instead.
    public void removed(String key, String instead) {
        known.add(key);
        if (values.containsKey(key)) {
            keyAt(key).problem("`" + key + "` is no longer understood: " + instead);
        }
    }

    /// Reports every key that was never asked for, with the nearest known one.
    public void rejectUnknown() {
        for (Map.Entry<String, YamlValue> key : keys.entrySet()) {
            if (known.contains(key.getKey())) {
                continue;
            }
            String nearest = NearestWord.of(key.getKey(), known);
            String hint =
                    nearest == null
                            ? "known here: " + String.join(", ", known)
                            : "did you mean `" + nearest + "`?";
            key.getValue().problem("unknown key `" + key.getKey() + "`; " + hint);
        }
    }
}

package io.framewatch.ingest.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// One YAML mapping being read. Each accessor makes its key known; [#end] then tells every key
/// nobody asked for. Wrong values are told and answered with the default, so that reading goes on
/// to the next problem.
final class Section {

    private final Source source;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    Section(Source source, Node node) {
        this.source = source;
        this.node = node;
        source.countNode(node);
        if (node instanceof MappingNode mapping) {
            take(mapping);
        } else if (!Scalars.isNull(node)) {
            source.problems().at(node, "keys with values are expected here");
        }
    }

    private void take(MappingNode mapping) {
        List<Node> merges = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String name = Scalars.isNull(key) ? null : Scalars.text(key, source.problems());
            if (name == null) {
                continue;
            }
            if (name.equals("<<")) {
                merges.add(tuple.getValueNode());
            } else if (keys.putIfAbsent(name, key) == null) {
                values.put(name, tuple.getValueNode());
            } else {
                source.problems().at(key, "\"" + name + "\" is already set above");
            }
        }
        merges.forEach(this::merge);
    }

    /// YAML 1.1's `<<`: keys of another mapping, where none are set here.
    private void merge(Node from) {
        if (from instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::merge);
            return;
        }
        Section other = new Section(source, from);
        other.keys.forEach(
                (name, key) -> {
                    if (keys.putIfAbsent(name, key) == null) {
                        values.put(name, Objects.requireNonNull(other.values.get(name)));
                    }
                });
    }

    Source source() {
        return source;
    }

    /// The line this section starts on, from 1.
    int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /// Whether the key has a value other than null.
    boolean has(String key) {
        return !Scalars.isNull(find(key));
    }

    /// Whether the key is written at all, even with null.
    boolean mentions(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    @Nullable Node find(String key) {
        known.add(key);
        return values.get(key);
    }

    private @Nullable Node value(String key) {
        Node found = find(key);
        return Scalars.isNull(found) ? null : found;
    }

    /// Tells a problem at the value of `key`, or at the section if the key is absent.
    void problem(String key, String text) {
        source.problems().at(values.getOrDefault(key, node), text);
    }

    /// Tells a problem of the whole section.
    void problem(String text) {
        source.problems().at(node, text);
    }

    String text(String key, String otherwise) {
        Node found = value(key);
        String text = found == null ? null : Scalars.text(found, source.problems());
        return text == null ? otherwise : text;
    }

    String textRequired(String key, String problem) {
        String text = text(key, "");
        if (text.isEmpty()) {
            problem(key, problem);
        }
        return text;
    }

    /// One of `words`; anything else is told with the nearest of them.
    String word(String key, String otherwise, List<String> words) {
        String text = text(key, otherwise);
        if (!words.contains(text) && has(key)) {
            problem(key, "unknown " + key + " \"" + text + "\"; known: " + String.join(", ", words));
            return otherwise;
        }
        return text;
    }

    boolean bool(String key, boolean otherwise) {
        Node found = value(key);
        Boolean bool = found == null ? null : Scalars.bool(found, source.problems());
        return bool == null ? otherwise : bool;
    }

    int count(String key, int otherwise) {
        return (int) number(key, otherwise, 0, Integer.MAX_VALUE);
    }

    long number(String key, long otherwise, long least, long most) {
        Node found = value(key);
        Long number =
                found == null ? null : Scalars.number(found, least, most, source.problems());
        return number == null ? otherwise : number;
    }

    double real(String key, double otherwise) {
        Node found = value(key);
        String text = found == null ? null : Scalars.text(found, source.problems());
        try {
            return text == null ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            problem(key, "a number is expected, not \"" + text + "\"");
            return otherwise;
        }
    }

    long durationMs(String key, long otherwise) {
        return parsed(key, otherwise, Durations::parseMs);
    }

    long bytes(String key, long otherwise) {
        return parsed(key, otherwise, Durations::parseBytes);
    }

    private long parsed(String key, long otherwise, ToLongFunction<String> parser) {
        Node found = value(key);
        String text = found == null ? null : Scalars.text(found, source.problems());
        try {
            return text == null ? otherwise : parser.applyAsLong(text);
        } catch (IllegalArgumentException e) {
            problem(key, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /// A path, resolved against the configuration's folder; null if absent.
    @Nullable Path path(String key) {
        String text = text(key, "");
        return text.isEmpty() ? null : source.resolve(text);
    }

    /// The values of a list; a null among them is left out.
    List<Node> nodes(String key) {
        Node found = value(key);
        if (found == null) {
            return List.of();
        }
        if (found instanceof SequenceNode sequence) {
            source.countNode(sequence);
            return sequence.getValue();
        }
        problem(key, "a list is expected here");
        return List.of();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : nodes(key)) {
            source.countNode(item);
            String text = Scalars.text(item, source.problems());
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// The section under `key`; empty if absent.
    Section section(String key) {
        Node found = find(key);
        return new Section(source, found == null ? Source.emptyAt(node) : found);
    }

    /// The sections of a list; one that is null is told as `nullProblem`.
    List<Section> sections(String key, String nullProblem) {
        List<Section> sections = new ArrayList<>();
        for (Node item : nodes(key)) {
            if (Scalars.isNull(item)) {
                source.problems().at(item, nullProblem);
            } else {
                sections.add(new Section(source, item));
            }
        }
        return sections;
    }

    /// Free keys with single values, in order.
    Map<String, String> textMap(String key) {
        Section inner = section(key);
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : inner.names()) {
            map.put(name, inner.text(name, ""));
        }
        return map;
    }

    /// Free keys with lists of values, in order.
    Map<String, List<String>> textsMap(String key) {
        Section inner = section(key);
        Map<String, List<String>> map = new LinkedHashMap<>();
        for (String name : inner.names()) {
            map.put(name, inner.texts(name));
        }
        return map;
    }

    /// The keys written, in order.
    List<String> names() {
        return List.copyOf(keys.keySet());
    }

    /// Makes keys known without reading them.
    void allow(String... names) {
        known.addAll(List.of(names));
    }

    /// Tells the keys that nobody asked for.
    void end() {
        keys.forEach(
                (name, key) -> {
                    if (!known.contains(name)) {
                        String near = NearestWord.of(name, known);
                        String hint = near == null ? "" : "; the nearest known key is \"" + near + "\"";
                        source.problems().at(key, "unknown key \"" + name + "\"" + hint);
                    }
                });
    }
}

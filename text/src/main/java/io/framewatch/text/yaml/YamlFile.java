package io.framewatch.text.yaml;

import io.framewatch.text.yaml.YamlValue.Empty;
import io.framewatch.text.yaml.YamlValue.Entry;
import io.framewatch.text.yaml.YamlValue.Mapping;
import io.framewatch.text.yaml.YamlValue.Scalar;
import io.framewatch.text.yaml.YamlValue.Sequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.AnchorNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads one YAML text. Only the first document counts, as in Prometheus.
public final class YamlFile {

    /// Longest file accepted, characters.
    public static final int FILE_LENGTH_MAX = 16 * 1024 * 1024;

    private static final int ALIASES_MAX = 1_000;
    private static final int DEPTH_MAX = 64;
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final Problems problems;

    private YamlFile(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// Reads a file from disk; a file that cannot be read is a problem like any other.
    public static YamlValue read(Path path, Problems problems) {
        try {
            return parse(path.toString(), Files.readString(path, StandardCharsets.UTF_8), problems);
        } catch (IOException e) {
            Position at = new Position(path.toString(), 1, 1);
            problems.add(at, "The file cannot be read as UTF-8: " + e.getMessage() + ".");
            return new Empty(at);
        }
    }

    /// Reads a text; `file` is the name used in messages. Syntax errors become problems and the
    /// answer is then [Empty].
    public static YamlValue parse(String file, String text, Problems problems) {
        return new YamlFile(file, problems).document(text);
    }

    private YamlValue document(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setUseMarks(true)
                        .setCodePointLimit(FILE_LENGTH_MAX)
                        .setMaxAliasesForCollections(ALIASES_MAX)
                        .setAllowDuplicateKeys(true)
                        .build();
        Position start = new Position(file, 1, 1);
        try {
            Iterator<Node> documents = new Compose(settings).composeAllFromString(text).iterator();
            return documents.hasNext() ? value(documents.next(), 0) : new Empty(start);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            problems.add(
                    mark.map(this::position).orElse(start),
                    "The YAML does not parse: " + e.getProblem() + ".");
        } catch (YamlEngineException e) {
            problems.add(start, "The YAML does not parse: " + e.getMessage() + ".");
        }
        return new Empty(start);
    }

    private YamlValue value(Node node, int depth) {
        Position at = position(node);
        if (depth > DEPTH_MAX) {
            problems.add(at, "The YAML is nested more than " + DEPTH_MAX + " levels deep.");
            return new Empty(at);
        }
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar, at);
            case SequenceNode sequence -> sequence(sequence, at, depth);
            case MappingNode mapping -> mapping(mapping, at, depth);
            case AnchorNode anchor -> value(anchor.getRealNode(), depth + 1);
            default -> throw new IllegalStateException("node " + node.getNodeType());
        };
    }

    private static YamlValue scalar(ScalarNode node, Position at) {
        boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
        boolean nothing = plain && NOTHING.contains(node.getValue());
        return nothing ? new Empty(at) : new Scalar(at, node.getValue(), plain);
    }

    private Sequence sequence(SequenceNode node, Position at, int depth) {
        List<YamlValue> items = new ArrayList<>();
        for (Node item : node.getValue()) {
            items.add(value(item, depth + 1));
        }
        return new Sequence(at, List.copyOf(items));
    }

    private Mapping mapping(MappingNode node, Position at, int depth) {
        Map<String, Entry> own = new LinkedHashMap<>();
        Map<String, Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Position keyAt = position(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(keyAt, "A key has to be text.");
                continue;
            }
            YamlValue value = value(tuple.getValueNode(), depth + 1);
            if (key.getValue().equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                merge(value, merged);
            } else {
                Entry entry = new Entry(key.getValue(), keyAt, value);
                if (own.put(key.getValue(), entry) != null) {
                    problems.add(keyAt, "The key '" + key.getValue() + "' stands here twice.");
                }
            }
        }
        merged.forEach(own::putIfAbsent);
        return new Mapping(at, List.copyOf(own.values()));
    }

    private void merge(YamlValue from, Map<String, Entry> into) {
        switch (from) {
            case Mapping mapping -> mapping.entries().forEach(e -> into.putIfAbsent(e.key(), e));
            case Sequence sequence -> sequence.items().forEach(item -> merge(item, into));
            case Scalar scalar ->
                    problems.add(scalar.at(), "'<<' has to be followed by a mapping.");
            case Empty _ -> {}
        }
    }

    private Position position(Node node) {
        return node.getStartMark().map(this::position).orElse(new Position(file, 1, 1));
    }

    private Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}

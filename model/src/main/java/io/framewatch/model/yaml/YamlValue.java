package io.framewatch.model.yaml;

import io.framewatch.model.Durations;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A value of a YAML text with its place. Reading it as the wrong kind adds a problem and gives an
/// empty answer, so that a reader can go on and find the rest of the problems. Not thread safe.
public final class YamlValue {

    /// Longest text read, characters.
    public static final int TEXT_CHARS_MAX = 16 * 1024 * 1024;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final String file;
    private final @Nullable Node node;
    private final YamlProblems problems;

    YamlValue(String file, @Nullable Node node, YamlProblems problems) {
        this.file = file;
        this.node = node;
        this.problems = problems;
    }

    /// The one document of `text`; what is wrong goes to `problems`. An empty text, and one that is
    /// no YAML, give a null value.
    public static YamlValue parse(String file, String text, YamlProblems problems) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setUseMarks(true)
                        .setCodePointLimit(TEXT_CHARS_MAX)
                        .setMaxAliasesForCollections(200)
                        .build();
        try {
            Optional<Node> node = new Compose(settings).composeString(text);
            return new YamlValue(file, node.orElse(null), problems);
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? 0 : mark.getLine() + 1;
            int column = mark == null ? 0 : mark.getColumn() + 1;
            problems.add(new YamlProblem(file, line, column, "not valid YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            problems.add(new YamlProblem(file, 0, 0, "not valid YAML: " + firstLine(e)));
        }
        return new YamlValue(file, null, problems);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
    }

    /// The file's name as given to [#parse].
    public String file() {
        return file;
    }

    /// Line, from 1; 0 if there is no value.
    public int line() {
        return node == null ? 0 : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    /// Column, from 1; 0 if there is no value.
    public int column() {
        return node == null ? 0 : node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
    }

    /// Whether nothing stands here: no value, `~` or `null`.
    public boolean isNull() {
        return node == null
                || (node instanceof ScalarNode scalar
                        && scalar.isPlain()
                        && NULLS.contains(scalar.getValue()));
    }

    /// Whether this is a map.
    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /// Whether this is a list.
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /// Whether this is a plain or quoted text, number or truth value.
    public boolean isScalar() {
        return node instanceof ScalarNode && !isNull();
    }

    /// As a map; empty when null, a problem and empty when it is something else.
    public YamlMap map() {
        if (!isNull() && !isMap()) {
            problem("expected keys and values, found " + kind());
        }
        return new YamlMap(this, node instanceof MappingNode mapping ? mapping : null, problems);
    }

    /// As a list; empty when null, a problem and empty when it is something else.
    public List<YamlValue> list() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlValue(file, item, problems))
                    .toList();
        }
        if (!isNull()) {
            problem("expected a list, found " + kind());
        }
        return List.of();
    }

    /// As text; numbers and truth values are taken as they are written.
    public String text() {
        if (node instanceof ScalarNode scalar) {
            boolean binary = Tag.BINARY.equals(scalar.getTag());
            return binary ? binaryText(scalar.getValue()) : isNull() ? "" : scalar.getValue();
        }
        if (node != null) {
            problem("expected a text, found " + kind());
        }
        return "";
    }

    /// What `!!binary` holds, which must be base64 of UTF-8 text.
    private String binaryText(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (IllegalArgumentException e) {
            problem("the !!binary value is not base64");
        } catch (CharacterCodingException e) {
            problem("the !!binary value is not UTF-8 text");
        }
        return "";
    }

    /// As a truth value: `true`, `yes`, `on` and their opposites.
    public boolean bool() {
        return switch (text().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> {
                problem("expected true or false, found " + kind());
                yield false;
            }
        };
    }

    /// As a whole number.
    public long whole() {
        try {
            return Long.parseLong(text().replace("_", ""));
        } catch (NumberFormatException e) {
            problem("expected a whole number, found " + kind());
            return 0;
        }
    }

    /// As a number.
    public double number() {
        try {
            return Double.parseDouble(text().replace("_", ""));
        } catch (NumberFormatException e) {
            problem("expected a number, found " + kind());
            return 0;
        }
    }

    /// As a duration such as `15s` or `1h30m`, in milliseconds.
    public long durationMs() {
        long ms = Durations.parseMs(text());
        if (ms < 0) {
            problem("expected a duration such as 15s, found " + kind());
            return 0;
        }
        return ms;
    }

    /// As a size such as `512`, `64KB`, `10MiB` or `2GB` (powers of 1024), in bytes.
    public long sizeBytes() {
        long bytes = ByteSizes.parse(text());
        if (bytes < 0) {
            problem("expected a size such as 64MB, found " + kind());
            return 0;
        }
        return bytes;
    }

    /// Adds a problem at this place.
    public void problem(String message) {
        problems.add(this, message);
    }

    /// What stands here, for messages.
    private String kind() {
        return switch (node) {
            case null -> "nothing";
            case MappingNode _ -> "keys and values";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when isNull() -> "nothing";
            case ScalarNode scalar -> "`" + shorten(scalar.getValue()) + "`";
            default -> "an alias";
        };
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}

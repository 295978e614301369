package io.framewatch.ingest.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One file being read: its YAML tree, its problems, its folder and the environment.
final class Source {

    /// Longest configuration file, characters.
    static final int CHARACTERS_MAX = 32 * 1024 * 1024;

    /// Most values read from one file, counting each use of an alias.
    static final int NODES_MAX = 2_000_000;

    private final Path file;
    private final Path folder;
    private final Problems problems;
    private final Function<String, @Nullable String> environment;
    private int nodes;

    Source(Path file, Function<String, @Nullable String> environment) {
        this(file, folderOf(file), environment);
    }

    Source(Path file, Path folder, Function<String, @Nullable String> environment) {
        this.file = file;
        this.folder = folder;
        this.problems = new Problems(file.toString());
        this.environment = environment;
    }

    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of("") : parent;
    }

    /// The top of the document; an empty mapping if there is none or it is not YAML.
    Section top(String text) {
        return new Section(this, compose(text));
    }

    /// The root value of the document.
    Node compose(String text) {
        if (text.length() > CHARACTERS_MAX) {
            problems.at(1, 1, "the file has more than " + CHARACTERS_MAX + " characters");
            return empty();
        }
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file.toString())
                        .setCodePointLimit(CHARACTERS_MAX)
                        .setAllowDuplicateKeys(true)
                        .setMaxAliasesForCollections(10_000)
                        .build();
        try {
            return new Compose(settings).composeString(text).orElseGet(Source::empty);
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? 1 : mark.getLine() + 1;
            int column = mark == null ? 1 : mark.getColumn() + 1;
            problems.at(line, column, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.at(1, 1, "not YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
        return empty();
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Node empty() {
        return new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
    }

    static Node emptyAt(Node place) {
        return new MappingNode(
                Tag.MAP,
                true,
                List.of(),
                FlowStyle.BLOCK,
                place.getStartMark(),
                Optional.empty());
    }

    /// Counts values, so that nested aliases cannot multiply without end.
    void countNode(Node node) {
        if (++nodes == NODES_MAX) {
            problems.at(node, "more than " + NODES_MAX + " values, aliases counted each time");
        }
        if (nodes >= NODES_MAX) {
            problems.throwIfAny();
        }
    }

    Problems problems() {
        return problems;
    }

    Path file() {
        return file;
    }

    Path folder() {
        return folder;
    }

    Path resolve(String path) {
        return folder.resolve(path);
    }

    /// The value of an environment variable, or null.
    @Nullable String environment(String name) {
        return environment.apply(name);
    }

    Function<String, @Nullable String> environment() {
        return environment;
    }

}

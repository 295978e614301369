package io.framewatch.ingest.config;

import io.framewatch.model.yaml.YamlMap;
import io.framewatch.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One YAML map of a configuration file being read. Each accessor makes its key known; [#end] then
/// tells every key nobody asked for. A wrong value is told and answered with the default, so that
/// reading goes on to the next problem.
final class Section {

    private final Source source;
    private final YamlMap map;

    Section(Source source, YamlValue value) {
        this(source, value.map());
    }

    private Section(Source source, YamlMap map) {
        this.source = source;
        this.map = map;
    }

    Source source() {
        return source;
    }

    /// The line this section starts on, from 1.
    int line() {
        return map.at().line();
    }

    /// Whether the key has a value other than null.
    boolean has(String key) {
        return map.has(key);
    }

    /// Whether the value is itself a map.
    boolean isSection(String key) {
        YamlValue value = map.find(key);
        return value != null && value.isMap();
    }

    /// Tells a problem at the value of `key`, or at the section if the key is absent.
    void problem(String key, String text) {
        YamlValue value = map.find(key);
        (value == null ? map.keyAt(key) : value).problem(text);
    }

    /// Tells a problem of the whole section.
    void problem(String text) {
        map.at().problem(text);
    }

    String text(String key, String otherwise) {
        return map.text(key, otherwise);
    }

    String textRequired(String key, String problem) {
        String text = map.text(key, "");
        if (text.isEmpty()) {
            problem(key, problem);
        }
        return text;
    }

    String word(String key, String otherwise, List<String> words) {
        return map.oneOf(key, otherwise, words);
    }

    boolean bool(String key, boolean otherwise) {
        return map.bool(key, otherwise);
    }

    /// A whole number from 0 up.
    int count(String key, int otherwise) {
        return (int) map.whole(key, otherwise, 0, Integer.MAX_VALUE);
    }

    long number(String key, long otherwise, long least, long most) {
        return map.whole(key, otherwise, least, most);
    }

    double real(String key, double otherwise) {
        return map.number(key, otherwise);
    }

    long durationMs(String key, long otherwise) {
        return map.durationMs(key, otherwise);
    }

    /// A size in bytes, whose unit must be written.
    long bytes(String key, long otherwise) {
        String text = map.text(key, "");
        if (!text.isEmpty() && text.chars().allMatch(Character::isDigit) && !text.equals("0")) {
            problem(key, "the size has no unit; write for example " + text + "MB");
            return otherwise;
        }
        return map.sizeBytes(key, otherwise);
    }

    /// A path, resolved against the configuration's folder; null if absent.
    @Nullable Path path(String key) {
        String text = map.text(key, "");
        return text.isEmpty() ? null : source.resolve(text);
    }

    List<String> texts(String key) {
        return map.texts(key);
    }

    /// The section under `key`; empty if absent.
    Section section(String key) {
        return new Section(source, map.map(key));
    }

    /// The sections of a list; one that is null is told as `nullProblem`.
    List<Section> sections(String key, String nullProblem) {
        List<Section> sections = new ArrayList<>();
        for (YamlValue item : map.list(key)) {
            if (item.isNull()) {
                item.problem(nullProblem);
            } else {
                sections.add(new Section(source, item));
            }
        }
        return sections;
    }

    /// Free keys with single values, in order.
    Map<String, String> textMap(String key) {
        return map.textMap(key);
    }

    /// Free keys with lists of values, in order.
    Map<String, List<String>> textsMap(String key) {
        YamlMap inner = map.map(key);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (String name : inner.keys()) {
            lists.put(name, inner.texts(name));
        }
        return lists;
    }

    /// The keys written, in order.
    List<String> names() {
        return List.copyOf(map.keys());
    }

    /// Makes keys known without reading them.
    void allow(String... names) {
        for (String name : names) {
            map.has(name);
        }
    }

    /// Tells the keys that nobody asked for.
    void end() {
        map.rejectUnknown();
    }
}

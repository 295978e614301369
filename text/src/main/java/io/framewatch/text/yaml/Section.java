package io.framewatch.text.yaml;

import io.framewatch.text.yaml.YamlValue.Empty;
import io.framewatch.text.yaml.YamlValue.Entry;
import io.framewatch.text.yaml.YamlValue.Mapping;
import io.framewatch.text.yaml.YamlValue.Scalar;
import io.framewatch.text.yaml.YamlValue.Sequence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping being read: ask for every key it may have, then [#finish]. A value of the wrong kind
/// is noted as a problem and answered with the default. Not thread safe.
public final class Section {

    private final Position at;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private final Problems problems;
    private final String what;

    private Section(String what, Position at, Problems problems) {
        this.what = what;
        this.at = at;
        this.problems = problems;
    }

    /// The mapping in `value`; anything else is a problem and reads as an empty mapping.
    ///
    /// @param what its name in messages, for example `rule group`
    public static Section of(String what, YamlValue value, Problems problems) {
        Section section = new Section(what, value.at(), problems);
        switch (value) {
            case Mapping mapping -> mapping.entries().forEach(e -> section.entries.put(e.key(), e));
            case Empty _ -> {}
            case Scalar _, Sequence _ ->
                    problems.add(
                            value.at(),
                            "A " + what + " has to be a mapping; here is " + value.kind() + ".");
        }
        return section;
    }

    /// Where it begins.
    public Position at() {
        return at;
    }

    /// Where the value of `key` begins; where the section begins if the key is absent.
    public Position at(String key) {
        Entry entry = entries.get(key);
        return entry == null ? at : entry.value().at();
    }

    /// Where `key` itself stands; where the section begins if it is absent.
    public Position keyAt(String key) {
        Entry entry = entries.get(key);
        return entry == null ? at : entry.keyAt();
    }

    /// Whether `key` is present, even without a value.
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /// The keys present, in order.
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /// Notes a problem at the value of `key`.
    public void problem(String key, String message) {
        problems.add(at(key), message);
    }

    /// The raw value of `key`; [Empty] if absent.
    public YamlValue value(String key) {
        asked.add(key);
        Entry entry = entries.get(key);
        return entry == null ? new Empty(at) : entry.value();
    }

    /// The text of `key`, or null if absent or empty.
    public @Nullable String find(String key) {
        return scalar(key, value(key));
    }

    /// The text of `key`, or `otherwise` if absent.
    public String text(String key, String otherwise) {
        String found = find(key);
        return found == null ? otherwise : found;
    }

    /// The text of `key`; its absence is a problem and answered with the empty string.
    public String required(String key) {
        String found = find(key);
        if (found == null || found.isEmpty()) {
            problems.add(at(key), "A " + what + " needs '" + key + "'.");
            return "";
        }
        return found;
    }

    /// A duration such as `30s`, or `otherwise` if absent.
    public Duration duration(String key, Duration otherwise) {
        Duration found = findDuration(key);
        return found == null ? otherwise : found;
    }

    /// A duration such as `30s`, or null if absent.
    public @Nullable Duration findDuration(String key) {
        String text = find(key);
        if (text == null) {
            return null;
        }
        Duration duration = Durations.parse(text);
        if (duration == null) {
            problem(key, "'" + text + "' is no duration; write for example 30s, 5m or 1h30m.");
        }
        return duration;
    }

    /// A whole number from `min` to `max`, or `otherwise` if absent.
    public long number(String key, long otherwise, long min, long max) {
        String text = find(key);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.replace("_", ""));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of bounds is
        }
        problem(key, "'" + text + "' is no whole number from " + min + " to " + max + ".");
        return otherwise;
    }

    /// `true` or `false`, or `otherwise` if absent.
    public boolean flag(String key, boolean otherwise) {
        String text = find(key);
        if (text == null) {
            return otherwise;
        }
        return switch (text) {
            case "true", "True", "TRUE", "yes", "on" -> true;
            case "false", "False", "FALSE", "no", "off" -> false;
            default -> {
                problem(key, "'" + text + "' is neither true nor false.");
                yield otherwise;
            }
        };
    }

    /// The section under `key`; empty if absent.
    public Section section(String key, String name) {
        return of(name, value(key), problems);
    }

    /// The list under `key`; empty if absent.
    public List<YamlValue> list(String key) {
        YamlValue value = value(key);
        return switch (value) {
            case Sequence sequence -> sequence.items();
            case Empty _ -> List.of();
            case Scalar _, Mapping _ -> {
                problem(key, "'" + key + "' has to be a list; here is " + value.kind() + ".");
                yield List.of();
            }
        };
    }

    /// The list of mappings under `key`.
    public List<Section> sections(String key, String name) {
        return list(key).stream().map(item -> of(name, item, problems)).toList();
    }

    /// The list of texts under `key`.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (YamlValue item : list(key)) {
            String text = scalar(key, item);
            if (text != null) {
                texts.add(text);
            }
        }
        return List.copyOf(texts);
    }

    /// The mapping of texts to texts under `key`, in order; an empty value reads as "".
    public Map<String, String> textMap(String key) {
        Section map = section(key, "value of '" + key + "'");
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : map.keys()) {
            texts.put(name, map.text(name, ""));
        }
        return texts;
    }

    /// Notes every key that was never asked for as a problem, with the nearest known one.
    public void finish() {
        for (Entry entry : entries.values()) {
            if (!asked.contains(entry.key())) {
                problems.add(
                        entry.keyAt(),
                        "A "
                                + what
                                + " has no '"
                                + entry.key()
                                + "'."
                                + Nearest.hint(entry.key(), asked));
            }
        }
    }

    private @Nullable String scalar(String key, YamlValue value) {
        return switch (value) {
            case Scalar scalar -> scalar.text();
            case Empty _ -> null;
            case Sequence _, Mapping _ -> {
                problems.add(
                        value.at(), "'" + key + "' has to be text; here is " + value.kind() + ".");
                yield null;
            }
        };
    }
}

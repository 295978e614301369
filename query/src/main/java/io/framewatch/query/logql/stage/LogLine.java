package io.framewatch.query.logql.stage;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A log line on its way through a pipeline. Not thread safe.
public final class LogLine {

    /// Label that names what failed about a line.
    public static final String ERROR = "__error__";

    /// Label with the failure's text.
    public static final String ERROR_DETAILS = "__error_details__";

    private static final String CLASH_SUFFIX = "_extracted";

    private final long timestampNs;
    private final Map<String, String> labels = new TreeMap<>(Labels::compareCodePoints);
    private final Set<String> given = new TreeSet<>();
    private String text;

    /// Starts with the labels of the stream and the fields of the line.
    public LogLine(LogEntry entry) {
        this.timestampNs = entry.timestampNs();
        this.text = entry.line();
        entry.stream().forEach(labels::put);
        entry.metadata().forEach((name, value) -> labels.putIfAbsent(name, value));
        given.addAll(labels.keySet());
    }

    /// When it was written, Unix nanoseconds.
    public long timestampNs() {
        return timestampNs;
    }

    /// The text as it now stands.
    public String text() {
        return text;
    }

    /// Replaces the text.
    public void text(String newText) {
        text = newText;
    }

    /// The value of a label, empty if absent.
    public String get(String name) {
        return labels.getOrDefault(name, "");
    }

    /// Whether a label is present.
    public boolean has(String name) {
        return labels.containsKey(name);
    }

    /// Sets a label that a parser found. One that the stream already has keeps its value, and the
    /// find gets the suffix `_extracted`. An empty value is no find.
    public void extract(String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        labels.put(given.contains(name) ? name + CLASH_SUFFIX : name, value);
    }

    /// Sets a label, whatever stood there.
    public void set(String name, String value) {
        labels.put(name, value);
    }

    /// Removes a label.
    public void remove(String name) {
        labels.remove(name);
    }

    /// The names of all labels, a copy.
    public Set<String> names() {
        return Set.copyOf(labels.keySet());
    }

    /// Marks the line as failed; the first failure stays.
    public void fail(String kind, String details) {
        if (labels.putIfAbsent(ERROR, kind) == null) {
            labels.put(ERROR_DETAILS, details);
        }
    }

    /// The labels as they now stand.
    public Labels labels() {
        return Labels.of(labels);
    }
}

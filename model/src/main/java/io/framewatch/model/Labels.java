package io.framewatch.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An immutable set of labels, sorted by name in code-point order, without empty values (an empty
/// value means the label is absent). The metric name is the label [#NAME]. Thread safe.
public final class Labels implements Comparable<Labels> {

    /// The label that holds the metric name.
    public static final String NAME = "__name__";

    /// No labels at all.
    public static final Labels EMPTY = new Labels(new String[0]);

    /// Name, value, name, value ... sorted by name.
    private final String[] pairs;

    private int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
    }

    /// Labels of alternating names and values, in any order; the last of a repeated name wins.
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// Labels of a map.
    public static Labels of(Map<String, String> map) {
        Builder builder = new Builder();
        map.forEach(builder::set);
        return builder.build();
    }

    /// Takes ownership of an array of pairs that the caller knows to be sorted, without duplicates
    /// or empty values: the fast way in for decoders of wire formats that promise the order.
    public static Labels ofSortedPairs(String[] sortedPairs) {
        return new Labels(sortedPairs);
    }

    /// A builder that starts from these labels.
    public Builder toBuilder() {
        return new Builder(this);
    }

    /// How many labels, the metric name included.
    public int size() {
        return pairs.length / 2;
    }

    /// Whether there is no label.
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /// Name of label `index`, 0 to `size() - 1`.
    public String nameAt(int index) {
        return pairs[2 * index];
    }

    /// Value of label `index`, 0 to `size() - 1`.
    public String valueAt(int index) {
        return pairs[2 * index + 1];
    }

    /// The value of `name`, the empty string if absent.
    public String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return "";
    }

    /// Whether a label of this name is present.
    public boolean has(String name) {
        return !get(name).isEmpty();
    }

    /// The metric name, the empty string if there is none.
    public String metricName() {
        return get(NAME);
    }

    /// These labels with one set, or removed when `value` is empty.
    public Labels with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /// These labels without one.
    public Labels without(String name) {
        return has(name) ? toBuilder().remove(name).build() : this;
    }

    /// These labels without the metric name.
    public Labels withoutName() {
        return without(NAME);
    }

    /// Only the labels named.
    public Labels keep(Collection<String> names) {
        return filter(names, true);
    }

    /// All labels but those named.
    public Labels drop(Collection<String> names) {
        return filter(names, false);
    }

    private Labels filter(Collection<String> names, boolean keep) {
        List<String> kept = new ArrayList<>(pairs.length);
        for (int i = 0; i < pairs.length; i += 2) {
            if (names.contains(pairs[i]) == keep) {
                kept.add(pairs[i]);
                kept.add(pairs[i + 1]);
            }
        }
        return kept.size() == pairs.length ? this : new Labels(kept.toArray(String[]::new));
    }

    /// Whether every matcher accepts these labels.
    public boolean matches(List<Matcher> matchers) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(get(matcher.name()))) {
                return false;
            }
        }
        return true;
    }

    /// Calls `action` with each name and value, in order.
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /// A new sorted map of names to values.
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        forEach(map::put);
        return map;
    }

    /// Order by names and values, pair after pair; a prefix comes first. The order Prometheus gives
    /// series.
    @Override
    public int compareTo(Labels other) {
        int common = Math.min(pairs.length, other.pairs.length);
        for (int i = 0; i < common; i++) {
            int order = compareCodePoints(pairs[i], other.pairs[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pairs.length, other.pairs.length);
    }

    /// Compares by code point, which is the order of the UTF-8 bytes, unlike `String.compareTo`.
    @SuppressWarnings("ReferenceEquality") // a short cut: stores keep equal texts once
    public static int compareCodePoints(String a, String b) {
        if (a == b) {
            return 0;
        }
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
                return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Labels labels
                        && hashCode() == labels.hashCode()
                        && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(pairs);
            hash = h;
        }
        return h;
    }

    /// As PromQL prints a series: `name{a="b"}`, `{a="b"}`, `{}`; a metric name that is not a
    /// classic identifier is quoted inside the braces.
    @Override
    public String toString() {
        String name = metricName();
        boolean bare = isIdentifier(name, true);
        StringBuilder out = new StringBuilder();
        if (bare) {
            out.append(name);
        }
        StringBuilder inner = new StringBuilder();
        if (!bare && !name.isEmpty()) {
            inner.append(quote(name));
        }
        forEach((label, value) -> {
            if (label.equals(NAME)) {
                return;
            }
            inner.append(inner.isEmpty() ? "" : ", ");
            inner.append(isIdentifier(label, false) ? label : quote(label));
            inner.append('=').append(quote(value));
        });
        if (inner.isEmpty() && bare) {
            return out.toString();
        }
        return out.append('{').append(inner).append('}').toString();
    }

    /// Whether `text` may stand unquoted: `[a-zA-Z_][a-zA-Z0-9_]*`, with `:` too in a metric name.
    public static boolean isIdentifier(String text, boolean metricName) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c == '_'
                            || metricName && c == ':';
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !(digit && i > 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /// `text` in double quotes, with backslash, quote and line feed escaped.
    public static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    /// Collects labels in any order. Not thread safe.
    public static final class Builder {

        private final TreeMap<String, String> map = new TreeMap<>(Labels::compareCodePoints);

        /// An empty builder.
        public Builder() {}

        private Builder(Labels start) {
            start.forEach(map::put);
        }

        /// Sets a label; an empty value removes it.
        public Builder set(String name, String value) {
            if (value.isEmpty()) {
                map.remove(name);
            } else {
                map.put(name, value);
            }
            return this;
        }

        /// Removes a label.
        public Builder remove(String name) {
            map.remove(name);
            return this;
        }

        /// The value set so far, the empty string if none.
        public String get(String name) {
            return map.getOrDefault(name, "");
        }

        /// The value set so far, or null.
        public @Nullable String find(String name) {
            return map.get(name);
        }

        /// The names set so far, a copy in order.
        public List<String> names() {
            return List.copyOf(map.keySet());
        }

        /// The labels collected.
        public Labels build() {
            if (map.isEmpty()) {
                return EMPTY;
            }
            String[] pairs = new String[map.size() * 2];
            int i = 0;
            for (Map.Entry<String, String> entry : map.entrySet()) {
                pairs[i++] = entry.getKey();
                pairs[i++] = entry.getValue();
            }
            return new Labels(pairs);
        }
    }
}

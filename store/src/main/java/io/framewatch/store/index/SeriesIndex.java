package io.framewatch.store.index;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An inverted index over the series of one tenant: from label pairs to numbers of series, 0, 1, 2
/// ... in the order of their adding. Whatever hangs on a series (`T`) is kept beside its labels.
///
/// Positive matchers are intersected, shortest list first; matchers that accept the absent label
/// are applied to what is left. Values of a regular expression are tried once per distinct value,
/// not once per series.
///
/// Not thread safe: readers may share it among themselves, a writer must be alone.
///
/// @param <T> what the caller keeps per series
public final class SeriesIndex<T> {

    private final List<@Nullable Entry<T>> entries = new ArrayList<>();
    private final Map<Labels, Integer> numbers = new HashMap<>();
    private final Map<String, Map<String, Postings>> postings = new HashMap<>();

    private record Entry<T>(Labels labels, T payload) {}

    /// Series present.
    public int size() {
        return numbers.size();
    }

    /// What hangs on the series of exactly these labels, or null.
    public @Nullable T find(Labels labels) {
        Integer number = numbers.get(labels);
        Entry<T> entry = number == null ? null : entries.get(number);
        return entry == null ? null : entry.payload();
    }

    /// Adds a series that is not yet present.
    public void add(Labels labels, T payload) {
        int number = entries.size();
        if (numbers.putIfAbsent(labels, number) != null) {
            throw new IllegalArgumentException("already present: " + labels);
        }
        entries.add(new Entry<>(labels, payload));
        labels.forEach((name, value) ->
                postings.computeIfAbsent(name, _ -> new HashMap<>())
                        .computeIfAbsent(value, _ -> new Postings())
                        .add(number));
    }

    /// Removes every series whose payload `condition` accepts and returns how many went; the whole
    /// index is written anew, so call it seldom.
    public int removeIf(Predicate<T> condition) {
        List<@Nullable Entry<T>> all = new ArrayList<>(entries);
        int before = size();
        entries.clear();
        numbers.clear();
        postings.clear();
        for (Entry<T> entry : all) {
            if (entry != null && !condition.test(entry.payload())) {
                add(entry.labels(), entry.payload());
            }
        }
        return before - size();
    }

    /// The payloads of the series that all matchers accept, sorted by labels.
    public List<T> select(List<Matcher> matchers) {
        List<Entry<T>> found = new ArrayList<>();
        for (int number : numbersOf(matchers)) {
            Entry<T> entry = entries.get(number);
            if (entry != null) {
                found.add(entry);
            }
        }
        found.sort(Comparator.comparing(Entry::labels));
        List<T> payloads = new ArrayList<>(found.size());
        for (Entry<T> entry : found) {
            payloads.add(entry.payload());
        }
        return payloads;
    }

    /// The values of label `name` over all series, sorted.
    public List<String> values(String name) {
        Set<String> sorted = new TreeSet<>(Labels::compareCodePoints);
        sorted.addAll(postings.getOrDefault(name, Map.of()).keySet());
        return List.copyOf(sorted);
    }

    private int[] numbersOf(List<Matcher> matchers) {
        List<int[]> positive = new ArrayList<>();
        List<Matcher> rest = new ArrayList<>();
        for (Matcher matcher : matchers) {
            if (matcher.matchesEmpty()) {
                rest.add(matcher);
            } else {
                positive.add(accepting(matcher));
            }
        }
        positive.sort(Comparator.comparingInt(list -> list.length));
        int[] found = null;
        for (int[] list : positive) {
            found = found == null ? list : Postings.intersect(found, list);
        }
        int[] left = found == null ? everything() : found;
        for (Matcher matcher : rest) {
            left = Postings.subtract(left, refusing(matcher));
        }
        return left;
    }

    private int[] everything() {
        int[] all = new int[entries.size()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    /// Series that carry the label with an accepted value; for matchers that refuse the absent
    /// label.
    private int[] accepting(Matcher matcher) {
        return union(matcher.name(), matcher::matches, matcher.literalValues());
    }

    /// Series that carry the label with a refused value; for matchers that accept the absent label.
    private int[] refusing(Matcher matcher) {
        return union(matcher.name(), value -> !matcher.matches(value), null);
    }

    private int[] union(String name, Predicate<String> wanted, @Nullable Set<String> literals) {
        Map<String, Postings> values = postings.getOrDefault(name, Map.of());
        List<Postings> lists = new ArrayList<>();
        if (literals != null) {
            for (String literal : literals) {
                Postings list = values.get(literal);
                if (list != null) {
                    lists.add(list);
                }
            }
        } else {
            values.forEach((value, list) -> {
                if (wanted.test(value)) {
                    lists.add(list);
                }
            });
        }
        return merge(lists);
    }

    private static int[] merge(List<Postings> lists) {
        if (lists.isEmpty()) {
            return Postings.NONE;
        }
        if (lists.size() == 1) {
            return lists.getFirst().toArray();
        }
        // One value per series and name: the lists are disjoint, so sorting their concatenation is
        // their union.
        int[] all = new int[lists.stream().mapToInt(Postings::size).sum()];
        int at = 0;
        for (Postings list : lists) {
            int[] part = list.toArray();
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        Arrays.sort(all);
        return all;
    }
}

package io.framewatch.store.index;

import io.framewatch.model.Labels;
import io.framewatch.model.Matcher;
import io.framewatch.store.PairSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An inverted index over the series of one tenant: from label pairs to numbers of series, 0, 1, 2
/// ... in the order of their adding. Whatever hangs on a series (`T`) is kept beside its labels.
///
/// Positive matchers are intersected, shortest list first, long lists only where many are left;
/// matchers that accept the absent label are applied to what is left. Values of a regular
/// expression are tried once per distinct value, not once per series.
///
/// Not thread safe: readers may share it among themselves, a writer must be alone.
///
/// @param <T> what the caller keeps per series
public final class SeriesIndex<T> {

    private static final int SLOTS_MIN = 64;

    /// Instead of a list that is so many times longer than what is left, the labels of these are
    /// looked at.
    private static final int LOOKED_AT_SHARE = 8;

    // What things take on the heap, bytes: they are summed up, not measured.
    private static final int PER_SERIES = 3 * Integer.BYTES + 24;
    private static final int PER_PAIR = Integer.BYTES + Integer.BYTES / 2;
    private static final int PER_VALUE = 112;
    private static final int PER_NAME = 240;

    private final Function<T, Labels> labelsOf;

    /// What hangs on the series, by number.
    private final List<T> payloads = new ArrayList<>();

    /// Number + 1 of a series at the place its labels' hash says, or after it; 0 where free.
    private int[] slots = new int[SLOTS_MIN];

    private final Map<String, Values> names = new HashMap<>();
    private long bytes;
    private long changes;

    /// The values of one label name.
    ///
    /// @param name the name, the same object in the labels of all series
    private record Values(String name, Map<String, Postings> byValue) {}

    /// An empty index; `labelsOf` tells the labels of a payload.
    public SeriesIndex(Function<T, Labels> labelsOf) {
        this.labelsOf = labelsOf;
    }

    /// How often series came or went: as long as it stays the same, so does every selection.
    public long changes() {
        return changes;
    }

    /// Series present.
    public int size() {
        return payloads.size();
    }

    /// What the index takes on the heap, label texts and label arrays included, bytes, roughly.
    public long bytes() {
        return bytes;
    }

    /// What hangs on the series of exactly these labels, or null.
    public @Nullable T find(Labels labels) {
        int number = slots[slot(labels)];
        return number == 0 ? null : payloads.get(number - 1);
    }

    /// Where these labels stand, or the free slot where they would.
    private int slot(Labels labels) {
        int hash = labels.hashCode() * 0x9E3779B9;
        int mask = slots.length - 1;
        int slot = hash >>> Integer.numberOfLeadingZeros(mask);
        while (slots[slot] != 0 && !labelsOf.apply(payloads.get(slots[slot] - 1)).equals(labels)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /// Equal labels whose names and values are the very objects that the labels of other series
    /// have, so that a text is kept once.
    public Labels shared(Labels labels) {
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            Values values = names.get(labels.nameAt(i));
            Postings list = values == null ? null : values.byValue.get(labels.valueAt(i));
            pairs[2 * i] = values == null ? labels.nameAt(i) : values.name;
            pairs[2 * i + 1] = list == null ? labels.valueAt(i) : list.value();
        }
        return Labels.ofSortedPairs(pairs);
    }

    /// Adds a series that is not yet present.
    public void add(T payload) {
        Labels labels = labelsOf.apply(payload);
        int slot = slot(labels);
        if (slots[slot] != 0) {
            throw new IllegalArgumentException("already present: " + labels);
        }
        changes++;
        int number = payloads.size();
        payloads.add(payload);
        slots[slot] = number + 1;
        bytes += PER_SERIES + (long) labels.size() * (PER_PAIR + 2 * Integer.BYTES);
        labels.forEach((name, value) -> postings(name, value).add(number));
        if (payloads.size() > slots.length / 2) {
            spread(slots.length * 2);
        }
    }

    private Postings postings(String name, String value) {
        Values values = names.get(name);
        if (values == null) {
            values = new Values(name, new HashMap<>());
            names.put(name, values);
            bytes += PER_NAME + name.length();
        }
        Postings list = values.byValue.get(value);
        if (list == null) {
            list = new Postings(value);
            values.byValue.put(value, list);
            bytes += PER_VALUE + value.length();
        }
        return list;
    }

    private void spread(int slotsWanted) {
        slots = new int[slotsWanted];
        for (int number = 0; number < payloads.size(); number++) {
            slots[slot(labelsOf.apply(payloads.get(number)))] = number + 1;
        }
    }

    /// Removes every series whose payload `condition` accepts and returns how many went; the whole
    /// index is written anew if any goes, so call it seldom.
    public int removeIf(Predicate<T> condition) {
        List<T> left = new ArrayList<>(payloads);
        left.removeIf(condition);
        int removed = size() - left.size();
        if (removed > 0) {
            changes++;
            payloads.clear();
            names.clear();
            bytes = 0;
            slots = new int[SLOTS_MIN];
            left.forEach(this::add);
        }
        return removed;
    }

    /// Calls `action` with the payload of every series, in the order of their adding.
    public void forEach(Consumer<T> action) {
        payloads.forEach(action);
    }

    /// The payloads of the series that all matchers accept, sorted by labels.
    public List<T> select(List<Matcher> matchers) {
        List<T> found = selectUnsorted(matchers);
        found.sort(Comparator.comparing(labelsOf));
        return found;
    }

    /// The same in no particular order.
    public List<T> selectUnsorted(List<Matcher> matchers) {
        int[] numbers = numbersOf(matchers);
        List<T> found = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            found.add(payloads.get(number));
        }
        return found;
    }

    /// The values of label `name` over the series that `condition` accepts, sorted by code point.
    /// Of each value's series, no more are tried than until one is accepted.
    public List<String> values(String name, Predicate<T> condition) {
        List<String> found = new ArrayList<>();
        byValue(name)
                .forEach((value, list) -> {
                    if (list.any(number -> condition.test(payloads.get(number)))) {
                        found.add(value);
                    }
                });
        found.sort(Labels::compareCodePoints);
        return found;
    }

    /// Hands each label pair of the series that `condition` accepts, with how many of these have
    /// it, to `sink`, in no particular order, and returns how many they are. Lists are counted; no
    /// series' labels are looked at.
    public int pairs(Predicate<T> condition, PairSink sink) {
        BitSet accepted = accepted(condition);
        names.keySet().forEach(name -> count(name, accepted, sink));
        return accepted.cardinality();
    }

    /// The same of label `name` alone; series without it are handed over as those with the empty
    /// value.
    public void pairs(String name, Predicate<T> condition, PairSink sink) {
        BitSet accepted = accepted(condition);
        int without = accepted.cardinality() - count(name, accepted, sink);
        if (without > 0) {
            sink.pair(name, "", without);
        }
    }

    private BitSet accepted(Predicate<T> condition) {
        BitSet accepted = new BitSet(payloads.size());
        for (int number = 0; number < payloads.size(); number++) {
            if (condition.test(payloads.get(number))) {
                accepted.set(number);
            }
        }
        return accepted;
    }

    private int count(String name, BitSet accepted, PairSink sink) {
        int all = 0;
        for (Postings list : byValue(name).values()) {
            int series = list.count(accepted);
            if (series > 0) {
                sink.pair(name, list.value(), series);
                all += series;
            }
        }
        return all;
    }

    /// The label names of the series that `condition` accepts, sorted by code point.
    public List<String> names(Predicate<T> condition) {
        List<String> found = new ArrayList<>();
        names.forEach((name, values) -> {
            for (Postings list : values.byValue.values()) {
                if (list.any(number -> condition.test(payloads.get(number)))) {
                    found.add(name);
                    break;
                }
            }
        });
        found.sort(Labels::compareCodePoints);
        return found;
    }

    private Map<String, Postings> byValue(String name) {
        Values values = names.get(name);
        return values == null ? Map.of() : values.byValue;
    }

    /// The lists of a matcher that refuses the absent label.
    ///
    /// @param matcher which
    /// @param lists of the values that it accepts
    /// @param size numbers in all of them
    private record Accepted(Matcher matcher, List<Postings> lists, int size) {}

    private int[] numbersOf(List<Matcher> matchers) {
        List<Accepted> positive = new ArrayList<>();
        List<Matcher> rest = new ArrayList<>();
        for (Matcher matcher : matchers) {
            if (matcher.matchesEmpty()) {
                rest.add(matcher);
            } else {
                positive.add(accepting(matcher));
            }
        }
        positive.sort(Comparator.comparingInt(Accepted::size));
        int[] left = null;
        for (Accepted next : positive) {
            if (left == null) {
                left = merge(next.lists);
            } else if (next.size / LOOKED_AT_SHARE > left.length) {
                left = lookedAt(left, next.matcher);
            } else {
                left = Postings.intersect(left, merge(next.lists));
            }
        }
        left = left == null ? everything() : left;
        for (Matcher matcher : rest) {
            left =
                    left.length <= byValue(matcher.name()).size()
                            ? lookedAt(left, matcher)
                            : Postings.subtract(left, refusing(matcher));
        }
        return left;
    }

    /// Those of `numbers` whose labels the matcher accepts: where few are left, their labels are
    /// looked at instead of long lists.
    private int[] lookedAt(int[] numbers, Matcher matcher) {
        int[] accepted = new int[numbers.length];
        int size = 0;
        for (int number : numbers) {
            String value = labelsOf.apply(payloads.get(number)).get(matcher.name());
            if (matcher.matches(value)) {
                accepted[size++] = number;
            }
        }
        return size == numbers.length ? numbers : Arrays.copyOf(accepted, size);
    }

    private int[] everything() {
        int[] all = new int[payloads.size()];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private Accepted accepting(Matcher matcher) {
        List<Postings> lists = lists(matcher.name(), matcher::matches, matcher.literalValues());
        int size = 0;
        for (Postings list : lists) {
            size += list.size();
        }
        return new Accepted(matcher, lists, size);
    }

    /// Series that carry the label with a refused value; for matchers that accept the absent label.
    private int[] refusing(Matcher matcher) {
        return merge(lists(matcher.name(), value -> !matcher.matches(value), null));
    }

    private List<Postings> lists(
            String name, Predicate<String> wanted, @Nullable Set<String> literals) {
        Map<String, Postings> values = byValue(name);
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
        return lists;
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
            list.copyTo(all, at);
            at += list.size();
        }
        Arrays.sort(all);
        return all;
    }
}

package io.framewatch.server.http.prometheus;

import io.framewatch.server.http.JsonOut;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The largest of many counts, however many there are. Not thread safe.
final class Largest {

    private static final Comparator<Entry> LARGEST_FIRST =
            Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::name);

    private final PriorityQueue<Entry> kept = new PriorityQueue<>(LARGEST_FIRST.reversed());
    private final int limit;

    private record Entry(String name, long count) {}

    /// @param limit how many are kept
    Largest(int limit) {
        this.limit = limit;
    }

    /// The largest entries of `counts`.
    static Largest of(Map<String, Long> counts, int limit) {
        Largest largest = new Largest(limit);
        counts.forEach(largest::add);
        return largest;
    }

    void add(String name, long count) {
        Entry entry = new Entry(name, count);
        if (kept.size() < limit) {
            kept.add(entry);
        } else if (limit > 0 && LARGEST_FIRST.compare(entry, kept.element()) < 0) {
            kept.remove();
            kept.add(entry);
        }
    }

    /// As a JSON array, largest first.
    void write(JsonOut out) {
        List<Entry> sorted = kept.stream().sorted(LARGEST_FIRST).toList();
        String comma = "[";
        for (Entry entry : sorted) {
            out.raw(comma).raw("{\"name\":").text(entry.name());
            out.raw(",\"value\":").number(entry.count()).raw('}');
            comma = ",";
        }
        out.raw(sorted.isEmpty() ? "[]" : "]");
    }
}

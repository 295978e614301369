package io.framewatch.store.logs;

import io.framewatch.model.Labels;
import io.framewatch.model.Tenant;
import io.framewatch.store.index.SeriesIds;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The ids of streams, and on which days each has been told to the log. Both are remembered for as
/// many as fit; what is forgotten is computed or told again, which costs a little. Thread safe.
///
/// An id is 64 keyed bits without a salt: among ten million streams two share one with a chance of
/// 3 in a million, and nobody can bring that about on purpose.
final class StreamIds {

    private static final int STREAMS_REMEMBERED_MAX = 200_000;

    private final byte[] key;
    private final Map<Stream, Long> ids = new ConcurrentHashMap<>();
    private final Set<Day> told = ConcurrentHashMap.newKeySet();

    private record Stream(Tenant tenant, Labels labels) {}

    /// A day on which a stream was seen.
    ///
    /// @param id the stream
    /// @param day days since 1970-01-01, UTC
    record Day(long id, int day) {}

    /// Ids under `key`.
    StreamIds(byte[] key) {
        this.key = key.clone();
    }

    long id(Tenant tenant, Labels labels) {
        Stream stream = new Stream(tenant, labels);
        Long known = ids.get(stream);
        if (known != null) {
            return known;
        }
        long id = new SeriesIds(key).id(tenant, labels, 0);
        if (ids.size() >= STREAMS_REMEMBERED_MAX) {
            ids.clear();
        }
        ids.put(stream, id);
        return id;
    }

    boolean isTold(Day day) {
        return told.contains(day);
    }

    /// Remembers that a durable record tells of these days.
    void told(Set<Day> days) {
        if (told.size() + days.size() > STREAMS_REMEMBERED_MAX) {
            told.clear();
        }
        told.addAll(days);
    }
}

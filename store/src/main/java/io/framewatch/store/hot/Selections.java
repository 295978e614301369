package io.framewatch.store.hot;

import io.framewatch.model.Matcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the latest selections of a tenant found, as long as no series came or went: dashboards and
/// rules ask the same selectors again and again, and trying a regular expression on every value and
/// sorting by labels costs more than a glance. Thread safe.
final class Selections {

    /// Selections kept; the one not asked for longest goes first.
    private static final int KEPT_MAX = 2_048;

    /// Series that all kept selections may name together, 4 or 8 bytes each.
    private static final int SERIES_MAX = 500_000;

    private record Kept(long changes, List<HotSeries> series) {}

    private final Map<List<Matcher>, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int series;

    /// What was found when series had come or gone `changes` times, or null if that is not known.
    synchronized @Nullable List<HotSeries> find(List<Matcher> matchers, long changes) {
        Kept known = kept.get(matchers);
        return known == null || known.changes != changes ? null : known.series;
    }

    /// Keeps what was found.
    synchronized void keep(List<Matcher> matchers, long changes, List<HotSeries> found) {
        forget(matchers);
        if (found.size() > SERIES_MAX / 2) {
            return;
        }
        kept.put(List.copyOf(matchers), new Kept(changes, found));
        series += found.size();
        while (kept.size() > KEPT_MAX || series > SERIES_MAX) {
            forget(kept.keySet().iterator().next());
        }
    }

    private void forget(List<Matcher> matchers) {
        Kept gone = kept.remove(matchers);
        series -= gone == null ? 0 : gone.series.size();
    }

    /// Forgets all.
    synchronized void clear() {
        kept.clear();
        series = 0;
    }
}

package io.framewatch.query.promql.eval;

import io.framewatch.model.Labels;
import io.framewatch.store.SeriesSamples;

/// What start timestamps say about counters. A start after the sample before means that counting
/// began anew; a start at the sample before means so only where that one had an earlier start of
/// its own (a delta), since else it may be a counter whose start is unknown.
final class StartTimes {

    private StartTimes() {}

    private static boolean known(long start) {
        return start != SeriesSamples.NO_START;
    }

    /// Whether the start timestamp of sample `index` says that the counter was reset since the
    /// sample before.
    static boolean reset(Window window, int index) {
        long start = window.startTimestampMs(index);
        if (!known(start) || start >= window.timeMs(index)) {
            return false;
        }
        long previousMs = window.timeMs(index - 1);
        long previousStart = window.startTimestampMs(index - 1);
        if (start > previousMs) {
            return true;
        }
        return start == previousMs && known(previousStart) && previousStart < previousMs;
    }

    /// Whether the first sample of the window began counting inside the window.
    static boolean startsInside(Window window) {
        if (window.size() == 0) {
            return false;
        }
        long start = window.startTimestampMs(window.from());
        return known(start) && start > window.startMs() && start < window.timeMs(window.from());
    }

    /// Warns of samples that began before the sample before ended.
    static void warnOverlaps(Window window) {
        for (int i = window.from() + 1; i < window.to(); i++) {
            long start = window.startTimestampMs(i);
            if (known(start)
                    && start < window.timeMs(i - 1)
                    && start != window.startTimestampMs(i - 1)) {
                window.annotations()
                        .warn(
                                window.span(),
                                "sample has start time that overlaps with previous sample"
                                        + " timestamp for metric "
                                        + Labels.quote(window.labels().metricName()));
                return;
            }
        }
    }
}

package io.framewatch.model;

/// A closed span of time: both ends belong to it.
///
/// @param fromMs first millisecond, Unix time; may be negative (test scripts start at 0 and look
///   back)
/// @param toMs last millisecond, Unix time, not before `fromMs`
public record TimeRange(long fromMs, long toMs) {

    /// Everything a timestamp can express.
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    /// Refuses a range that ends before it starts.
    public TimeRange {
        if (toMs < fromMs) {
            throw new IllegalArgumentException(
                    "range ends at " + toMs + " before it starts at " + fromMs);
        }
    }

    /// Whether `timestampMs` lies in the range, ends included.
    public boolean contains(long timestampMs) {
        return timestampMs >= fromMs && timestampMs <= toMs;
    }

    /// Whether the two ranges share at least one millisecond.
    public boolean overlaps(TimeRange other) {
        return fromMs <= other.toMs && other.fromMs <= toMs;
    }
}

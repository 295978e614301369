package io.framewatch.wire.proto;

import io.framewatch.model.NativeHistogram.Span;
import java.util.ArrayList;
import java.util.List;

/// The spans of a native histogram while its message is read; remote write and expositions have the
/// same. Not thread safe.
public final class HistogramSpans {

    private final List<Span> spans = new ArrayList<>();

    /// A `uint64` as a number.
    public static double unsigned(long value) {
        return value >= 0 ? (double) value : (value >>> 1) * 2.0;
    }

    /// Reads one `BucketSpan` message.
    public void read(ProtoCursor cursor) {
        int offset = 0;
        int length = 0;
        int outer = cursor.enter();
        while (cursor.next()) {
            switch (cursor.field()) {
                case 1 -> offset = (int) cursor.zigzag();
                case 2 -> length = (int) cursor.integer();
                default -> cursor.skip();
            }
        }
        cursor.leave(outer);
        spans.add(new Span(offset, length));
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return spans.isEmpty();
    }

    /// The spans read, which must be those of `buckets` buckets. Throws [ProtoException] if they
    /// are not.
    public Span[] of(int buckets) {
        long expected = 0;
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            if (span.length() < 0 || i > 0 && span.offset() < 0) {
                throw new ProtoException("a histogram has a span of negative size");
            }
            expected += span.length();
        }
        if (expected != buckets) {
            throw new ProtoException(
                    "a histogram has spans for "
                            + expected
                            + " buckets and "
                            + buckets
                            + " buckets");
        }
        return spans.toArray(Span[]::new);
    }
}

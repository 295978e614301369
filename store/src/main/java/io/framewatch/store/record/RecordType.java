package io.framewatch.store.record;

/// Types of records in the write-ahead log. Numbers are never used again.
public final class RecordType {

    /// A [MetricRecord].
    public static final int METRICS = 1;

    /// A [FlushMark] before the first insert of a flush.
    public static final int FLUSH_BEGUN = 2;

    /// A [FlushMark] after the last insert of a flush.
    public static final int FLUSH_DONE = 3;

    /// A [LogRecord].
    public static final int LOGS = 4;

    /// A [SpanRecord].
    public static final int SPANS = 5;

    private RecordType() {}
}

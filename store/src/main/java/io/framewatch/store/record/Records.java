package io.framewatch.store.record;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Data records of a stretch of the log, by signal and in their order. Not thread safe.
///
/// @param metrics numbers
/// @param logs log lines
/// @param spans spans
public record Records(List<MetricRecord> metrics, List<LogRecord> logs, List<SpanRecord> spans) {

    /// None yet.
    public Records() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /// Adds a record; false if `type` is not one of data. With `lent`, `payload` stays as it is as
    /// long as the records are used.
    public boolean add(int type, ByteBuffer payload, boolean lent) {
        switch (type) {
            case RecordType.METRICS ->
                    metrics.add(lent ? MetricRecord.over(payload) : MetricRecord.decode(payload));
            case RecordType.LOGS -> logs.add(LogRecord.decode(payload));
            case RecordType.SPANS -> spans.add(SpanRecord.decode(payload));
            default -> {
                return false;
            }
        }
        return true;
    }

    /// How many.
    public int size() {
        return metrics.size() + logs.size() + spans.size();
    }
}

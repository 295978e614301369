package io.framewatch.model;

/// One log line.
///
/// @param timestampNs when it was written, Unix nanoseconds
/// @param stream the labels of its stream, few and of few values each: they are indexed
/// @param line the text as it came, without its line feed
/// @param metadata further fields of this one line, such as `trace_id`; not part of the stream
public record LogEntry(long timestampNs, Labels stream, String line, Labels metadata) {

    /// Nanoseconds in a millisecond.
    public static final long NS_PER_MS = 1_000_000L;

    /// When it was written, Unix milliseconds, rounded down.
    public long timestampMs() {
        return Math.floorDiv(timestampNs, NS_PER_MS);
    }

    /// The value of a field of the line or, failing that, of its stream; the empty string if
    /// neither has it.
    public String field(String name) {
        String own = metadata.get(name);
        return own.isEmpty() ? stream.get(name) : own;
    }
}

package io.framewatch.video.segment;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which trace something belongs to, and under which span (W3C Trace Context, `traceparent` version
/// 00).
///
/// @param traceId 32 lower-case hexadecimal digits, not all zero
/// @param spanId 16 lower-case hexadecimal digits, not all zero
public record TraceContext(String traceId, String spanId) {

    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}");

    private static final Pattern SERVER_TIMING =
            Pattern.compile(
                    "(?:^|,)\\s*traceparent\\s*;\\s*desc\\s*=\\s*\"?([0-9a-f-]{55})\"?\\s*(?:$|[,;])");

    /// Longest header looked at, characters; a longer one says nothing.
    private static final int HEADER_CHARS_MAX = 2_000;

    /// Reads a `traceparent`; null if it is none.
    public static @Nullable TraceContext parse(String traceparent) {
        Matcher found = TRACEPARENT.matcher(traceparent);
        return found.matches() ? new TraceContext(found.group(1), found.group(2)) : null;
    }

    /// Reads what a server says of a response in `Server-Timing`, as
    /// `traceparent;desc="00-...-...-01"`; null if it says nothing of a trace.
    public static @Nullable TraceContext ofServerTiming(String header) {
        if (header.length() > HEADER_CHARS_MAX) {
            return null;
        }
        Matcher found = SERVER_TIMING.matcher(header);
        return found.find() ? parse(found.group(1)) : null;
    }

    /// The value of a `traceparent` header, sampled.
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-01";
    }

    /// The value of a `Server-Timing` header.
    public String serverTiming() {
        return "traceparent;desc=\"" + traceparent() + "\"";
    }
}

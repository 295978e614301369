package io.framewatch.video.segment;

import org.jspecify.annotations.Nullable;

/// Knows the traces of segments that this server delivers. Thread safe, returns soon and never
/// throws.
public interface Deliveries {

    /// The trace of a file and the span that published it; null if it has none.
    @Nullable TraceContext context(String stream, String file);

    /// Notes that a file with a trace was delivered.
    void delivered(Delivery delivery);

    /// One answer with a file in it.
    ///
    /// @param stream whose
    /// @param file its name below the stream's folder
    /// @param startNs when the request had been read, Unix nanoseconds
    /// @param endNs when the answer had been handed to the connection, Unix nanoseconds
    /// @param bytes how large it is
    /// @param agent what the client calls itself; may be empty, may be a lie
    record Delivery(
            String stream, String file, long startNs, long endNs, long bytes, String agent) {}

    /// No segment here has a trace.
    static Deliveries none() {
        return new Deliveries() {
            @Override
            public @Nullable TraceContext context(String stream, String file) {
                return null;
            }

            @Override
            public void delivered(Delivery delivery) {}
        };
    }
}

package io.framewatch.store;

import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import java.util.List;

/// The side of a trace store that takes spans in. Thread safe.
@FunctionalInterface
public interface TraceAppender {

    /// Appends spans and returns when they are as durable as this store makes them and visible. The
    /// same span sent again (same trace, span id, start and end) is kept once.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the store cannot take more now, and with
    /// code `time_out_of_range` when a span is older than what this store keeps, or far ahead of
    /// the clock; then nothing is stored.
    void append(Tenant tenant, List<Span> spans);
}

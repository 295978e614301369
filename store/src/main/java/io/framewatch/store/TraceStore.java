package io.framewatch.store;

import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import java.util.List;

/// A place for spans. Thread safe.
public interface TraceStore extends AutoCloseable {

    /// Appends spans and returns when they are as durable as this store makes them and visible. The
    /// same span sent again (same trace, span id, start and end) is kept once.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the store cannot take more now, and with
    /// code `time_out_of_range` when a span is older than what this store keeps, or far ahead of
    /// the clock; then nothing is stored.
    void append(Tenant tenant, List<Span> spans);

    /// The spans of a trace by start time, empty if there is no such trace; `traceId` is 32
    /// lower-case hexadecimal digits.
    List<Span> trace(Tenant tenant, String traceId);

    /// Traces with a span that meets every condition, newest first, each with all its spans.
    List<List<Span>> search(Tenant tenant, TraceSelection selection);

    /// Services that have sent spans, sorted.
    List<String> services(Tenant tenant);

    /// Operations of a service and their kinds, sorted by name.
    List<Operation> operations(Tenant tenant, String service);

    /// An operation of a service.
    ///
    /// @param name span name
    /// @param kind span kind
    record Operation(String name, Span.Kind kind) {}

    @Override
    void close();
}

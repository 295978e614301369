package io.framewatch.store;

import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import java.util.List;

/// A place for spans. Thread safe.
public interface TraceStore extends TraceAppender, AutoCloseable {

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

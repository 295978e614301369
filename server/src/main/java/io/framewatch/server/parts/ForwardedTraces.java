package io.framewatch.server.parts;

import io.framewatch.ingest.forward.SignalForwarder;
import io.framewatch.model.Span;
import io.framewatch.model.Tenant;
import io.framewatch.store.TraceSelection;
import io.framewatch.store.TraceStore;
import java.util.List;

/// A trace store that also sends on what it has taken. Thread safe.
///
/// @param store where spans are kept
/// @param forward where they go then
record ForwardedTraces(TraceStore store, SignalForwarder forward) implements TraceStore {

    @Override
    public void append(Tenant tenant, List<Span> spans) {
        store.append(tenant, spans);
        forward.spans(tenant, spans);
    }

    @Override
    public List<Span> trace(Tenant tenant, String traceId) {
        return store.trace(tenant, traceId);
    }

    @Override
    public List<List<Span>> search(Tenant tenant, TraceSelection selection) {
        return store.search(tenant, selection);
    }

    @Override
    public List<String> services(Tenant tenant) {
        return store.services(tenant);
    }

    @Override
    public List<Operation> operations(Tenant tenant, String service) {
        return store.operations(tenant, service);
    }

    @Override
    public void close() {
        store.close();
    }
}

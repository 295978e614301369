package io.framewatch.server.parts;

import io.framewatch.ingest.forward.SignalForwarder;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogStore;
import java.util.List;
import java.util.function.Predicate;

/// A log store that also sends on what it has taken. Thread safe.
///
/// @param store where lines are kept
/// @param forward where they go then
record ForwardedLogs(LogStore store, SignalForwarder forward) implements LogStore {

    @Override
    public void append(Tenant tenant, List<LogEntry> entries) {
        store.append(tenant, entries);
        forward.lines(tenant, entries);
    }

    @Override
    public void select(Tenant tenant, LogSelection selection, Predicate<LogEntry> sink) {
        store.select(tenant, selection, sink);
    }

    @Override
    public List<Labels> streams(Tenant tenant, List<Matcher> matchers, long fromNs, long toNs) {
        return store.streams(tenant, matchers, fromNs, toNs);
    }

    @Override
    public void close() {
        store.close();
    }
}

package io.framewatch.store.traces;

import io.framewatch.model.Tenant;
import io.framewatch.store.record.SpanRecord.OperationRow;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// On which days each operation has been told to the log, for as many as fit; what is forgotten is
/// told again, which costs a row. Thread safe.
final class Operations {

    private static final int REMEMBERED_MAX = 100_000;

    private final Set<Told> told = ConcurrentHashMap.newKeySet();

    private record Told(Tenant tenant, OperationRow operation) {}

    boolean isTold(Tenant tenant, OperationRow operation) {
        return told.contains(new Told(tenant, operation));
    }

    /// Remembers that a durable record tells of these.
    void told(Tenant tenant, Collection<OperationRow> operations) {
        if (told.size() + operations.size() > REMEMBERED_MAX) {
            told.clear();
        }
        operations.forEach(operation -> told.add(new Told(tenant, operation)));
    }
}

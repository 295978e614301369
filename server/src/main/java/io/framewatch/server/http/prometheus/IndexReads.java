package io.framewatch.server.http.prometheus;

import io.framewatch.model.Computing;
import io.framewatch.model.Tenant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/// Reads of the index of series, which no turn of a query limits: over few series they take less
/// than handing them to another thread would, over many they compute for so long that they have
/// threads of the system, a few at once. Thread safe.
final class IndexReads {

    /// Up to so many active series a read is done where it was asked for.
    static final int SERIES_FEW = 50_000;

    private static final int AT_ONCE_MAX = 8;

    private final ToIntFunction<Tenant> activeSeries;
    private final Semaphore turns = new Semaphore(AT_ONCE_MAX, true);

    /// @param activeSeries how many active series a tenant has
    IndexReads(ToIntFunction<Tenant> activeSeries) {
        this.activeSeries = activeSeries;
    }

    /// The same call, in its turn and on the right thread.
    ApiHandler.Call of(ApiHandler.Call call) {
        return (tenant, request, raw) -> read(tenant, () -> call.answer(tenant, request, raw));
    }

    /// What `look` finds among the series of a tenant.
    <T> T read(Tenant tenant, Supplier<T> look) {
        if (activeSeries.applyAsInt(tenant) <= SERIES_FEW) {
            return look.get();
        }
        turns.acquireUninterruptibly();
        try {
            return Computing.run(look);
        } finally {
            turns.release();
        }
    }
}

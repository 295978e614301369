package io.framewatch.store.metrics;

import io.framewatch.store.clickhouse.Retention;
import io.framewatch.store.flush.FlushOptions;
import io.framewatch.store.hot.HotLimits;
import io.framewatch.wal.WalOptions;
import java.time.Duration;

/// How a durable store is set up.
///
/// @param wal limits of the write-ahead log
/// @param hot limits of the hot window
/// @param flush pace of the flusher
/// @param retention how long rows are kept
/// @param warmUp how much of the past is read back into the hot window after a start, the newest
///   first, as far as memory allows
/// @param futureMax samples further ahead of the clock are refused
/// @param patience how long a select waits for the engine to be up to date
public record EngineStoreOptions(
        WalOptions wal,
        HotLimits hot,
        FlushOptions flush,
        Retention retention,
        Duration warmUp,
        Duration futureMax,
        Duration patience) {

    /// What a server gets unless configured otherwise.
    public static final EngineStoreOptions DEFAULT =
            new EngineStoreOptions(
                    WalOptions.DEFAULT,
                    HotLimits.DEFAULT,
                    FlushOptions.DEFAULT,
                    Retention.DEFAULT,
                    Duration.ofHours(12),
                    Duration.ofDays(1),
                    Duration.ofSeconds(30));

    /// The same with another pace.
    public EngineStoreOptions withFlush(FlushOptions other) {
        return new EngineStoreOptions(wal, hot, other, retention, warmUp, futureMax, patience);
    }

    /// The same with another retention.
    public EngineStoreOptions withRetention(Retention other) {
        return new EngineStoreOptions(wal, hot, flush, other, warmUp, futureMax, patience);
    }

    /// The same with other limits of the hot window.
    public EngineStoreOptions withHot(HotLimits other) {
        return new EngineStoreOptions(wal, other, flush, retention, warmUp, futureMax, patience);
    }

    /// The same with another window to read back.
    public EngineStoreOptions withWarmUp(Duration other) {
        return new EngineStoreOptions(wal, hot, flush, retention, other, futureMax, patience);
    }
}

package io.framewatch.store.embedded;

import io.framewatch.store.clickhouse.CallStats;
import io.framewatch.store.flush.FlushStatus;
import io.framewatch.store.hot.HotStatus;
import io.framewatch.wal.WalStats;

/// How durable stores are.
///
/// @param wal the log
/// @param walBytesMax what the log may take on the disk
/// @param flush what empties the log
/// @param flushLagRecords records that are not yet in the engine
/// @param flushLagMs how long the oldest of them has waited, milliseconds
/// @param hot the hot window
/// @param calls what was asked of the engine
/// @param disk what the tables take
/// @param uncheckedSamples samples older than the hot window, stored without being compared
public record StoreStatus(
        WalStats wal,
        long walBytesMax,
        FlushStatus flush,
        long flushLagRecords,
        long flushLagMs,
        HotStatus hot,
        CallStats calls,
        DiskStatus disk,
        long uncheckedSamples) {}

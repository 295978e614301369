package io.framewatch.wal;

/// Running totals since the log was opened, and its size now.
///
/// @param records records made durable
/// @param groups groups written, one fsync each
/// @param bytesWritten bytes made durable, headers included
/// @param failedGroups groups refused by the disk
/// @param syncNanos time spent in write and fsync, nanoseconds
/// @param segments files now
/// @param bytes bytes in all files now
/// @param pendingBytes payload bytes waiting to be written now
public record WalStats(
        long records,
        long groups,
        long bytesWritten,
        long failedGroups,
        long syncNanos,
        int segments,
        long bytes,
        long pendingBytes) {}

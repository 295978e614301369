package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Kind;

/// How one remote is doing with one kind of rows.
///
/// @param name its name, or its address without user and password
/// @param kind which rows
/// @param pending rows waiting
/// @param lagMs how long the oldest of them has waited, milliseconds
/// @param sent rows the remote has taken
/// @param failedTries requests that failed and were, or will be, made again
/// @param lost rows that the spool had no room for, or that the disk lost
/// @param tooOld rows older than the remote's age limit
/// @param refused rows the remote has refused
/// @param lastError what was wrong last, empty if nothing was
public record RemoteStatus(
        String name,
        Kind kind,
        long pending,
        long lagMs,
        long sent,
        long failedTries,
        long lost,
        long tooOld,
        long refused,
        String lastError) {

    /// Rows given up, for whatever reason.
    public long dropped() {
        return lost + tooOld + refused;
    }
}

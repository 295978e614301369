package io.framewatch.ingest.forward;

/// How one remote is doing; counts are since its queue began.
///
/// @param name its name, or its address without user and password
/// @param pending samples waiting
/// @param sent samples the remote has taken
/// @param failedTries requests that failed and were, or will be, made again
/// @param dropped samples given up: the queue was full, they were too old, or the remote refused
///   them
/// @param lastError what was wrong last, empty if nothing was
public record RemoteStatus(
        String name, long pending, long sent, long failedTries, long dropped, String lastError) {}

package io.framewatch.store.embedded;

/// What the disk guard saw last.
///
/// @param bytes what the tables take, on all volumes
/// @param freeBytes free space of the disk with the data folder; [Long#MAX_VALUE] if the tables lie
///   elsewhere
/// @param droppedDays days deleted early since the start
public record DiskStatus(long bytes, long freeBytes, long droppedDays) {}

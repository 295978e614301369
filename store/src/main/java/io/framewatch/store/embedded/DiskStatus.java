package io.framewatch.store.embedded;

import java.util.Map;

/// What the disk guard saw last.
///
/// @param bytes what the tables take, on all volumes
/// @param bySignal the same for `metrics`, `logs` and `traces`; those that take nothing are absent
/// @param freeBytes free space of the disk with the data folder; [Long#MAX_VALUE] if the tables lie
///   elsewhere
/// @param droppedDays days deleted early since the start
public record DiskStatus(
        long bytes, Map<String, Long> bySignal, long freeBytes, long droppedDays) {}

package io.framewatch.wal;

import org.jspecify.annotations.Nullable;

/// What opening a log found.
///
/// @param firstSequence number of the oldest record still kept, or of the next one if there is none
/// @param nextSequence number the next record will get
/// @param segments files
/// @param bytes bytes in all files
/// @param cutTail the torn end that was cut off the last segment, or null
public record WalRecovery(
        long firstSequence,
        long nextSequence,
        int segments,
        long bytes,
        @Nullable WalDamage cutTail) {}

package io.framewatch.wal;

import java.nio.file.Path;

/// A place in the log that cannot be read.
///
/// @param kind what the place looks like
/// @param file the segment
/// @param offset first bad byte in it
/// @param bytes bad bytes up to the next intact record, or to the end of the file
/// @param firstSequence first record that may be lost
/// @param records how many records are lost; -1 if nothing behind tells
public record WalDamage(
        Kind kind, Path file, long offset, long bytes, long firstSequence, long records) {

    /// What a damaged place looks like.
    public enum Kind {
        /// Bytes that were synced have changed: the disk, or somebody, altered them.
        CORRUPT,
        /// Part of the last group, which was not acknowledged before the machine stopped.
        TORN,
        /// Records whose file is gone.
        MISSING
    }

    /// One line for the log.
    public String message() {
        String count = records < 0 ? "an unknown number of" : Long.toString(records);
        return "%s: %s records from number %d are %s at byte %d (%d bytes)"
                .formatted(
                        file,
                        count,
                        firstSequence,
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        offset,
                        bytes);
    }
}

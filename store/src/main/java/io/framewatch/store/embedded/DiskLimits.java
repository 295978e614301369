package io.framewatch.store.embedded;

/// When the oldest days are deleted early.
///
/// @param bytesMax the tables on all volumes together; 0 for no limit of their own
/// @param freeBytesMin free space that is left on the disk of the data folder
public record DiskLimits(long bytesMax, long freeBytesMin) {

    /// A gigabyte stays free.
    public static final DiskLimits DEFAULT = new DiskLimits(0, 1L << 30);
}

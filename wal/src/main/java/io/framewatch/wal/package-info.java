/// A write-ahead log: what is appended here is on the disk when the call returns.
///
/// In go records (a type and bytes) from any number of threads; [io.framewatch.wal.Wal] numbers
/// them, writes them in groups with one fsync for each group, and gives them back in order after a
/// restart. The files are append-only segments with a checksum on every byte; a torn end is cut, a
/// damaged middle is reported and read around. The format is described in `docs/formats/wal.md`.
///
/// Start reading at [io.framewatch.wal.Wal], then [io.framewatch.wal.GroupWriter] (the way in) and
/// [io.framewatch.wal.SegmentScan] (the way out).
@NullMarked
package io.framewatch.wal;

import org.jspecify.annotations.NullMarked;

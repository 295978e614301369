/// What is to be sent on to other servers waits here, on the disk: it outlives the process and a
/// receiver that is away, within a bound.
///
/// In go chunks of rows, each of one [io.framewatch.ingest.spool.Kind]; what
/// [io.framewatch.ingest.spool.Spool#append] has returned for is in a write-ahead log of its own.
/// Each destination reads the one log at its own pace through a
/// [io.framewatch.ingest.spool.SpoolReader] and remembers a [io.framewatch.ingest.spool.Position];
/// the log is let go of behind the slowest. At the bound the oldest rows go, and running totals in
/// the records tell every reader exactly how many it has lost. The records are described in
/// `docs/formats/spool.md`.
@NullMarked
package io.framewatch.ingest.spool;

import org.jspecify.annotations.NullMarked;

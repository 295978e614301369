/// The way from the write-ahead log into the engine, exactly once.
///
/// [io.framewatch.store.flush.Journal] is the log that the stores of all signals share.
/// [io.framewatch.store.flush.Flusher] reads the log behind what it has flushed, turns the records
/// into numbered inserts, writes into the log what it is about to send, sends it, and writes that
/// it is done. Each row carries the number of its insert, and an insert is one part and atomic:
/// after a crash or a lost answer the engine is asked which numbers it has, and the rest is sent
/// again. See `docs/decisions/0010-exactly-once-flush.md`.
@NullMarked
package io.framewatch.store.flush;

import org.jspecify.annotations.NullMarked;

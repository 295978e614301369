package io.framewatch.store.flush;

/// How the flusher is.
///
/// @param flushedSequence number of the last log record whose rows are in the engine
/// @param batches inserts made since the start
/// @param rows rows inserted since the start
/// @param resent inserts sent again because the engine did not have them
/// @param failures flushes that failed since the start
/// @param lastFailure what the last one failed of, empty if the last flush went well
/// @param damages damaged places found in the log
public record FlushStatus(
        long flushedSequence,
        long batches,
        long rows,
        long resent,
        long failures,
        String lastFailure,
        long damages) {

    /// The same with `more` damaged places.
    FlushStatus withMoreDamages(long more) {
        return new FlushStatus(
                flushedSequence, batches, rows, resent, failures, lastFailure, damages + more);
    }
}

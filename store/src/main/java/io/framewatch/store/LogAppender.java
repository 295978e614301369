package io.framewatch.store;

import io.framewatch.model.LogEntry;
import io.framewatch.model.Tenant;
import java.util.List;

/// The side of a log store that takes lines in. Thread safe.
@FunctionalInterface
public interface LogAppender {

    /// Appends lines, of any age and in any order, and returns when they are as durable as this
    /// store makes them and visible to selects. Lines equal in everything are kept each: shippers
    /// that send twice are not second-guessed.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the store cannot take more now, and with
    /// code `time_out_of_range` when a line is older than what this store keeps, or far ahead of
    /// the clock; then nothing is stored.
    void append(Tenant tenant, List<LogEntry> entries);
}

package io.framewatch.store;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import java.util.List;
import java.util.function.Predicate;

/// A place for log lines. Thread safe.
public interface LogStore extends AutoCloseable {

    /// Appends lines, of any age and in any order, and returns when they are as durable as this
    /// store makes them and visible to selects. Lines equal in everything are kept each: shippers
    /// that send twice are not second-guessed.
    ///
    /// Throws `FaultException` whose turn is `LATER` when the store cannot take more now, and with
    /// code `time_out_of_range` when a line is older than what this store keeps, or far ahead of
    /// the clock; then nothing is stored.
    void append(Tenant tenant, List<LogEntry> entries);

    /// Hands the lines of a selection to `sink`, in the order of the selection, until it returns
    /// false or the limit is reached. Lines of the same instant come in the order of their streams'
    /// labels, then of their arrival.
    void select(Tenant tenant, LogSelection selection, Predicate<LogEntry> sink);

    /// The streams that all `matchers` accept and that have a line in the range, sorted. Ends in
    /// nanoseconds, the first inclusive, the second exclusive.
    List<Labels> streams(Tenant tenant, List<Matcher> matchers, long fromNs, long toNs);

    @Override
    void close();
}

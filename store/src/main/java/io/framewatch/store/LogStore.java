package io.framewatch.store;

import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.model.Matcher;
import io.framewatch.model.Tenant;
import java.util.List;
import java.util.function.Predicate;

/// A place for log lines. Thread safe.
public interface LogStore extends LogAppender, AutoCloseable {

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

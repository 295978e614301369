package io.framewatch.store.logs;

import io.framewatch.engine.EngineException;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.framewatch.store.LogSelection;
import io.framewatch.store.LogSelection.LineFilter;
import io.framewatch.store.clickhouse.ClickHouse;
import io.framewatch.store.clickhouse.LogRange;
import io.framewatch.store.clickhouse.LogTable;
import io.framewatch.store.clickhouse.LogTable.Line;
import io.framewatch.store.clickhouse.ReadDeadline;
import io.framewatch.store.clickhouse.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the engine's part of a selection in pages. Pages go through the range in windows of time
/// that begin small at the near end and adapt to how many lines they hold: a search for the newest
/// hundred lines does not read a month, and no page holds more lines, or more bytes of them, than
/// memory allows. Not thread safe.
final class LogCursor {

    private static final Duration WINDOW_FIRST = Duration.ofMinutes(15);
    private static final int WINDOW_GROWTH = 4;
    private static final int PAGE_LINES_FIRST = 2_000;
    private static final int PAGE_LINES_MAX = 20_000;

    /// A page with more is asked for again with fewer lines, down to a single one.
    private static final long PAGE_BYTES_MAX = 16L << 20;

    /// ClickHouse's code for an answer that is larger than `max_result_bytes`.
    private static final int TOO_LARGE = 396;

    /// ClickHouse's code for an expression its library does not take.
    private static final int REGEX_REFUSED = 427;

    private final ClickHouse clickHouse;
    private final LogRange range;
    private final Map<Long, Labels> streams;
    private final long[] ids;
    private final boolean newestFirst;
    private final ReadDeadline deadline;

    /// Filters that the engine applies, and those that are left to us.
    private final List<LineFilter> theirs = new ArrayList<>();

    private final List<LineFilter> ours = new ArrayList<>();

    private int pageLines;
    private long windowNs = WINDOW_FIRST.toNanos();

    // What is not read yet, and the line it begins behind, if that lies inside.
    private long fromNs;
    private long toNs;
    private @Nullable Line after;

    private List<Line> page = List.of();
    private int at;

    /// @param streams those that the matchers accept, in the order of their labels
    LogCursor(
            ClickHouse clickHouse,
            LogRange range,
            Map<Long, Labels> streams,
            LogSelection selection,
            Clock clock,
            Duration readMax) {
        this.clickHouse = clickHouse;
        this.range = range;
        this.streams = streams;
        this.ids = streams.keySet().stream().mapToLong(Long::longValue).toArray();
        this.newestFirst = selection.newestFirst();
        this.deadline = new ReadDeadline(clock, readMax);
        this.pageLines = PAGE_LINES_FIRST;
        this.fromNs = range.fromNs();
        this.toNs = range.toNs();
        for (LineFilter filter : selection.filters()) {
            (LogTable.isSupported(filter) ? theirs : ours).add(filter);
        }
    }

    /// The next line, or null behind the last.
    @Nullable LogEntry next() {
        while (true) {
            while (at < page.size()) {
                Line line = page.get(at++);
                Labels labels = streams.get(line.stream());
                if (labels != null && isOurs(line)) {
                    return new LogEntry(line.timestampNs(), labels, line.line(), line.metadata());
                }
            }
            if (ids.length == 0 || fromNs >= toNs) {
                return null;
            }
            page = read();
            at = 0;
        }
    }

    private boolean isOurs(Line line) {
        for (LineFilter filter : ours) {
            if (!filter.accepts(line.line())) {
                return false;
            }
        }
        return true;
    }

    private List<Line> read() {
        long from = newestFirst ? Math.max(fromNs, toNs - windowNs) : fromNs;
        long to = newestFirst ? toNs : Math.min(toNs, fromNs + windowNs);
        List<Line> lines;
        try {
            lines = LogTable.read(clickHouse, page(from, to), deadline.left());
        } catch (EngineException refused) {
            return again(refused);
        }
        if (lines.size() < pageLines) {
            beBehind(from, to);
        } else {
            beBehind(lines);
        }
        return lines;
    }

    private LogTable.Page page(long from, long to) {
        LogRange window =
                new LogRange(range.tenant(), range.matchers(), from, to, range.batchMax());
        return new LogTable.Page(window, ids, theirs, newestFirst, after, pageLines, bytesMax());
    }

    /// A single line comes however long it is.
    private long bytesMax() {
        return pageLines == 1 ? 0 : PAGE_BYTES_MAX;
    }

    /// The window is read to its end: the next one is longer.
    private void beBehind(long from, long to) {
        after = null;
        if (newestFirst) {
            toNs = from;
        } else {
            fromNs = to;
        }
        windowNs =
                windowNs > Long.MAX_VALUE / WINDOW_GROWTH / 2 ? windowNs : windowNs * WINDOW_GROWTH;
    }

    /// There is more in the window: the next one begins at the last line, and is as long as what
    /// this page held. Where more lines like these fit into a page, it has more.
    private void beBehind(List<Line> lines) {
        Line last = lines.getLast();
        Line first = lines.getFirst();
        long bytes = 0;
        for (Line line : lines) {
            bytes += line.line().length();
        }
        if (bytes * WINDOW_GROWTH * 2 < PAGE_BYTES_MAX) {
            pageLines = Math.min(PAGE_LINES_MAX, pageLines * WINDOW_GROWTH);
        }
        after = last;
        if (newestFirst) {
            toNs = last.timestampNs() + 1;
        } else {
            fromNs = last.timestampNs();
        }
        windowNs = Math.max(1, Math.abs(last.timestampNs() - first.timestampNs()));
    }

    /// Makes the question smaller where that may help, and throws where not.
    private List<Line> again(EngineException refused) {
        boolean large = refused.code() == EngineException.MEMORY || refused.code() == TOO_LARGE;
        if (large && pageLines > 1) {
            pageLines = Math.max(1, pageLines / WINDOW_GROWTH);
            windowNs = Math.max(1, windowNs / WINDOW_GROWTH);
            return List.of();
        }
        if (refused.code() == REGEX_REFUSED
                && theirs.removeIf(one -> one instanceof LineFilter.Matches && ours.add(one))) {
            return List.of();
        }
        throw Reading.fault(refused);
    }
}

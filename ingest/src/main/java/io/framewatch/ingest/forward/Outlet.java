package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Chunk;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// How one remote wants its rows: parts them into requests, makes these and understands the
/// answers. Belongs to its courier's thread, but for [#send], which several threads call at once.
interface Outlet extends AutoCloseable {

    /// Takes rows of `chunk` from row `from` on into the round under way, as many as fit into about
    /// `requests` requests, and answers how many; 0 if the round must be sent first.
    int add(Chunk chunk, int from, int requests);

    /// Whether the round holds nothing that should be sent.
    boolean isEmpty();

    /// Whether the round fills a request, so that it need not wait for more.
    boolean isEnough();

    /// Whether there is something to send that is no row.
    boolean isDue();

    /// Ends the round under way and begins the next.
    Round round();

    /// Makes a request, and says what the answer means.
    Verdict send(Load load) throws InterruptedException;

    /// Ends connections.
    @Override
    void close();

    /// What is sent before the place in the spool moves on.
    ///
    /// @param lanes requests that may be under way at once, those of one lane in their order; each
    ///   lane is emptied while it is sent
    /// @param tooOld rows left out because they are too old
    record Round(List<Deque<Load>> lanes, int tooOld) {}

    /// A request.
    ///
    /// @param headers further headers
    /// @param body its body
    /// @param rows rows in it
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Load(Map<String, String> headers, byte[] body, int rows) {}

    /// What became of a request.
    sealed interface Verdict {

        /// The remote has it, but for `refused` rows.
        record Taken(long refused, String why) implements Verdict {}

        /// To be sent again, not before `pauseMs` if that is above 0, milliseconds.
        record Again(String why, long pauseMs) implements Verdict {}

        /// Not to be sent again.
        record Refused(String why) implements Verdict {}
    }
}

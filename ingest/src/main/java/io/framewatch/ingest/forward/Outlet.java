package io.framewatch.ingest.forward;

import io.framewatch.ingest.http.Answer;
import io.framewatch.ingest.spool.Chunk;
import java.net.URI;
import java.util.Map;

/// How one remote wants its rows: makes the requests and understands the answers. Belongs to its
/// courier's thread.
interface Outlet {

    /// Takes rows of `chunk` from row `from` on into the request under way, as many as fit, and
    /// answers how many; 0 if the request must be sent first.
    int add(Chunk chunk, int from);

    /// Whether the request holds nothing that should be sent.
    boolean isEmpty();

    /// Whether there is something to send that is no row.
    boolean isDue();

    /// Ends the request under way, which holds something, and begins the next.
    Load load();

    /// What an answer means for a request of `rows` rows.
    Verdict verdict(Answer answer, int rows);

    /// A request.
    ///
    /// @param uri where to
    /// @param headers its headers
    /// @param body its body
    /// @param rows rows in it
    /// @param tooOld rows left out because they are too old
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Load(URI uri, Map<String, String> headers, byte[] body, int rows, int tooOld) {}

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

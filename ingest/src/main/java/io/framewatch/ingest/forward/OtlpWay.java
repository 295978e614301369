package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Kind;

/// How export requests get to a server. Thread safe.
interface OtlpWay extends AutoCloseable {

    /// Makes a request whose body is not compressed, and says what the answer means.
    Outlet.Verdict send(Kind kind, Outlet.Load load) throws InterruptedException;

    /// Ends connections of its own.
    @Override
    void close();
}

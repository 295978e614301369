package io.framewatch.ingest.forward;

/// When requests are made.
///
/// @param deadlineMs rows wait no longer than this for a request to fill, milliseconds
/// @param minBackoffMs first pause after a failure, milliseconds; each further one is twice as long
/// @param maxBackoffMs longest pause, milliseconds
/// @param requestsMin requests that may be under way at once to begin with, and after failures
/// @param requestsMax the same while more waits than they take
record Pace(
        long deadlineMs, long minBackoffMs, long maxBackoffMs, int requestsMin, int requestsMax) {}

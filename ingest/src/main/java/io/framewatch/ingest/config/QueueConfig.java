package io.framewatch.ingest.config;

/// How samples wait for a remote (`queue_config` and `metadata_config` of `remote_write`).
///
/// @param rowsMax most samples in memory on their way: `capacity` times `max_shards`
/// @param requestsMin requests under way at once to begin with, and after failures
/// @param requestsMax the same while more waits than they take
/// @param rowsPerRequest most samples of a request
/// @param deadlineMs a sample waits no longer than this for a request to fill, milliseconds
/// @param minBackoffMs first pause after a failure, milliseconds; each further one is twice as long
/// @param maxBackoffMs longest pause, milliseconds
/// @param retryOn429 whether a remote that says 429 is asked again
/// @param ageLimitMs samples older than this are not sent, milliseconds; 0 for no limit
/// @param metadataIntervalMs time between metadata, milliseconds; 0 to send none
/// @param metadataRowsPerRequest most families told in a request
public record QueueConfig(
        int rowsMax,
        int requestsMin,
        int requestsMax,
        int rowsPerRequest,
        long deadlineMs,
        long minBackoffMs,
        long maxBackoffMs,
        boolean retryOn429,
        long ageLimitMs,
        long metadataIntervalMs,
        int metadataRowsPerRequest) {

    /// Prometheus's defaults.
    public static final QueueConfig DEFAULT =
            new QueueConfig(500_000, 1, 50, 2_000, 5_000, 30, 5_000, true, 0, 60_000, 2_000);
}

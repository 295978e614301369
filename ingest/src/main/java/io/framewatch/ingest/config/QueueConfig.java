package io.framewatch.ingest.config;

/// How samples wait for a remote (`queue_config` and `metadata_config` of `remote_write`).
///
/// @param rowsMax most samples waiting: `capacity` times `max_shards`
/// @param rowsPerRequest most samples of a request
/// @param deadlineMs a sample waits no longer than this for a request to fill, milliseconds
/// @param minBackoffMs first pause after a failure, milliseconds; each further one is twice as long
/// @param maxBackoffMs longest pause, milliseconds
/// @param retryOn429 whether a remote that says 429 is asked again
/// @param ageLimitMs samples older than this are not sent, milliseconds; 0 for no limit
/// @param metadataIntervalMs time between metadata, milliseconds; 0 to send none
public record QueueConfig(
        int rowsMax,
        int rowsPerRequest,
        long deadlineMs,
        long minBackoffMs,
        long maxBackoffMs,
        boolean retryOn429,
        long ageLimitMs,
        long metadataIntervalMs) {

    /// Prometheus's defaults.
    public static final QueueConfig DEFAULT =
            new QueueConfig(500_000, 2_000, 5_000, 30, 5_000, true, 0, 60_000);
}

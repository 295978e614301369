package io.framewatch.server.config;

/// How much one request or client may use.
///
/// @param requestBytesMax longest request body after decompression, bytes
/// @param connectionsMax most TCP connections at once
/// @param readTimeoutMs a client silent for so long in the middle of a request is cut off,
///   milliseconds
/// @param requestsMax most requests served at once; more wait briefly and are then refused
/// @param queryTimeoutMs longest query, milliseconds
/// @param querySeriesMax most series a query may read by one selector
/// @param querySamplesMax most samples a query may hold
/// @param viewersMax most pages that follow changes live at once
public record LimitSettings(
        long requestBytesMax,
        int connectionsMax,
        long readTimeoutMs,
        int requestsMax,
        long queryTimeoutMs,
        int querySeriesMax,
        long querySamplesMax,
        int viewersMax) {

    /// What a team's server needs with room to spare.
    public static final LimitSettings DEFAULT =
            new LimitSettings(64L << 20, 2_000, 30_000, 512, 120_000, 500_000, 50_000_000L, 200);
}

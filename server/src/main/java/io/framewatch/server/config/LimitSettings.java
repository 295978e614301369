package io.framewatch.server.config;

import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryLimits;

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
/// @param queries what queries may use together, and tenants with limits of their own
public record LimitSettings(
        long requestBytesMax,
        int connectionsMax,
        long readTimeoutMs,
        int requestsMax,
        long queryTimeoutMs,
        int querySeriesMax,
        long querySamplesMax,
        int viewersMax,
        QuerySettings queries) {

    /// What a team's server needs with room to spare.
    public static final LimitSettings DEFAULT =
            new LimitSettings(64L << 20, 2_000, 30_000, 512, 120_000, 500_000, 50_000_000L, 200);

    /// The same limits for every tenant.
    public LimitSettings(
            long requestBytesMax,
            int connectionsMax,
            long readTimeoutMs,
            int requestsMax,
            long queryTimeoutMs,
            int querySeriesMax,
            long querySamplesMax,
            int viewersMax) {
        this(
                requestBytesMax,
                connectionsMax,
                readTimeoutMs,
                requestsMax,
                queryTimeoutMs,
                querySeriesMax,
                querySamplesMax,
                viewersMax,
                QuerySettings.DEFAULT);
    }

    LimitSettings with(QuerySettings other) {
        return new LimitSettings(
                requestBytesMax,
                connectionsMax,
                readTimeoutMs,
                requestsMax,
                queryTimeoutMs,
                querySeriesMax,
                querySamplesMax,
                viewersMax,
                other);
    }

    /// Limits of one query of a tenant without limits of its own.
    public QueryLimits query() {
        return new QueryLimits(
                querySeriesMax, querySamplesMax, QueryLimits.DEFAULT.stepsMax(), queryTimeoutMs);
    }

    /// Limits of one query of `tenant`.
    public QueryLimits query(Tenant tenant) {
        return queries.tenants().getOrDefault(tenant, query());
    }
}

package io.framewatch.query.promql;

/// How much one query may use before it is refused with `query_limit`.
///
/// @param seriesMax most series read by one selector
/// @param samplesMax most samples held at once, those read and those computed
/// @param stepsMax most evaluation times of a range query
/// @param timeoutMs longest evaluation, milliseconds
public record QueryLimits(int seriesMax, long samplesMax, int stepsMax, long timeoutMs) {

    /// What queries get unless configured otherwise; steps and timeout are Prometheus's.
    public static final QueryLimits DEFAULT =
            new QueryLimits(500_000, 50_000_000L, 11_000, 120_000);
}

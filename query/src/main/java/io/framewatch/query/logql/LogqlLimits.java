package io.framewatch.query.logql;

/// How much a LogQL query may use.
///
/// @param linesReadMax lines read from the store by one metric query
/// @param linesReturnedMax most lines a log query may ask for
/// @param seriesMax most series a range aggregation may give
public record LogqlLimits(int linesReadMax, int linesReturnedMax, int seriesMax) {

    /// What queries get unless configured otherwise.
    public static final LogqlLimits DEFAULT = new LogqlLimits(5_000_000, 5_000, 20_000);
}

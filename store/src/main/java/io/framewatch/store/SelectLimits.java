package io.framewatch.store;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;

/// How much one select may read before it is refused, and whether it reads what few ask for.
///
/// @param seriesMax most series
/// @param samplesMax most samples in all
/// @param timeoutMs longest time an engine may take over it, milliseconds
/// @param starts whether start timestamps are wanted; where not, no sample has one
public record SelectLimits(int seriesMax, long samplesMax, long timeoutMs, boolean starts) {

    private static final long TIMEOUT_MS = 60_000;

    /// What queries get unless configured otherwise.
    public static final SelectLimits DEFAULT = new SelectLimits(500_000, 50_000_000);

    /// Limits with a minute of the engine's time.
    public SelectLimits(int seriesMax, long samplesMax) {
        this(seriesMax, samplesMax, TIMEOUT_MS);
    }

    /// Limits without start timestamps.
    public SelectLimits(int seriesMax, long samplesMax, long timeoutMs) {
        this(seriesMax, samplesMax, timeoutMs, false);
    }

    /// The same; `wanted` tells whether start timestamps are.
    public SelectLimits withStarts(boolean wanted) {
        return wanted == starts ? this : new SelectLimits(seriesMax, samplesMax, timeoutMs, wanted);
    }

    /// Throws `query_limit` if `series` is over the limit.
    public void checkSeries(int series) {
        if (series > seriesMax) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "The query selects more than " + seriesMax + " series.",
                            "Narrow its selectors."));
        }
    }

    /// Throws `query_limit` if `samples` is over the limit.
    public void checkSamples(long samples) {
        if (samples > samplesMax) {
            throw new FaultException(
                    Fault.caller(
                            "query_limit",
                            "query processing would load too many samples into memory: the limit is "
                                    + samplesMax
                                    + ".",
                            "Shorten the range or narrow the selectors."));
        }
    }
}

package io.framewatch.store;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;

/// How much one select may read before it is refused.
///
/// @param seriesMax most series
/// @param samplesMax most samples in all
public record SelectLimits(int seriesMax, long samplesMax) {

    /// What queries get unless configured otherwise.
    public static final SelectLimits DEFAULT = new SelectLimits(500_000, 50_000_000);

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

package io.framewatch.store;

/// What a store can compute of a series at every step of a grid. The window of a step `t` is `(t -
/// window, t]`; what each yields is what PromQL's function of that name yields for floats.
public enum GridFunction {
    /// The newest sample; none where that is a stale marker.
    LAST,
    /// `last_over_time`: the newest sample that is no stale marker.
    LAST_OVER_TIME,
    /// `rate`, extrapolated.
    RATE,
    /// `increase`, extrapolated.
    INCREASE,
    /// `delta`, extrapolated.
    DELTA,
    /// `irate`.
    IRATE,
    /// `idelta`.
    IDELTA,
    /// `changes`.
    CHANGES,
    /// `resets`.
    RESETS
}

package io.framewatch.model;

/// The staleness marker: a NaN with a payload of its own, as Prometheus defines it
/// (`model/value/value.go`).
///
/// A marker says "this series ends here". Ordinary NaN is a value like any other.
public final class StaleNaN {

    /// The bits of the marker.
    public static final long BITS = 0x7ff0000000000002L;

    /// The marker as a value; compare with [#is(double)], never with `==`.
    public static final double VALUE = Double.longBitsToDouble(BITS);

    private StaleNaN() {}

    /// Whether `value` is the marker and not an ordinary number or NaN.
    public static boolean is(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}

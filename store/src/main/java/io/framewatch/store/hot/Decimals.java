package io.framewatch.store.hot;

/// Values as whole numbers: most are counts, or decimals with few digits, and differences of whole
/// numbers take far fewer bits than floating point does. A mode of 0 to [#EXPONENT_MAX] is the
/// number of decimal digits behind the point; [#XOR] is for values that are no short decimals.
final class Decimals {

    /// Values are written as the exclusive or of their bits with those of the value before.
    static final int XOR = 10;

    /// Most digits behind the point.
    static final int EXPONENT_MAX = 9;

    /// No whole number stands for the value.
    static final long NONE = Long.MIN_VALUE;

    /// Whole numbers up to here are exact as floating point, with room for differences.
    private static final double WHOLE_MAX = 1L << 52;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private Decimals() {}

    /// The whole number `m` for which [#value] gives back every bit of `value`, or [#NONE].
    static long scaled(double value, int exponent) {
        if (exponent == 0) {
            long whole = (long) value;
            boolean exact =
                    Double.doubleToRawLongBits((double) whole) == Double.doubleToRawLongBits(value)
                            && Math.abs(value) <= WHOLE_MAX;
            return exact ? whole : NONE;
        }
        double product = value * POWERS[exponent];
        if (!(Math.abs(product) <= WHOLE_MAX)) {
            return NONE;
        }
        long whole = (long) Math.rint(product);
        boolean exact =
                Double.doubleToRawLongBits(value(whole, exponent))
                        == Double.doubleToRawLongBits(value);
        return exact ? whole : NONE;
    }

    /// What whole numbers of a mode are divided by.
    static double divisor(int exponent) {
        return POWERS[exponent];
    }

    /// The value of a whole number.
    static double value(long whole, int exponent) {
        return exponent == 0 ? (double) whole : whole / POWERS[exponent];
    }

    /// Whether a value stands aside: NaN with any payload, infinities and -0 are written as they
    /// are, among whole numbers.
    static boolean isSpecial(double value) {
        return !Double.isFinite(value)
                || Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0);
    }

    /// The least mode, `floor` at least, that holds `value`.
    static int mode(double value, int floor) {
        if (floor == XOR || isSpecial(value)) {
            return floor;
        }
        for (int exponent = floor; exponent <= EXPONENT_MAX; exponent++) {
            if (scaled(value, exponent) != NONE) {
                return exponent;
            }
        }
        return XOR;
    }

    /// The least mode, `floor` at least, that holds all values.
    static int mode(double[] values, int from, int to, int floor) {
        int mode = floor;
        int confirmed = from;
        for (int i = from; i < to; i++) {
            int needed = mode(values[i], mode);
            if (needed != mode) {
                mode = needed;
                confirmed = i;
            }
        }
        // A wider mode may have lost a large value before.
        for (int i = from; i < confirmed && mode != XOR; i++) {
            if (mode(values[i], mode) != mode) {
                return XOR;
            }
        }
        return mode;
    }
}

package io.framewatch.model.histogram;

/// Neumaier's compensated summation.
public final class Kahan {

    private Kahan() {}

    /// What `total = sum + increment` lost in digits; 0 where the total is infinite.
    public static double lost(double sum, double increment, double total) {
        if (Double.isInfinite(total)) {
            return 0;
        }
        return Math.abs(sum) >= Math.abs(increment)
                ? (sum - total) + increment
                : (increment - total) + sum;
    }
}

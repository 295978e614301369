package io.framewatch.query.promqltest;

import io.framewatch.model.NativeHistogram;
import io.framewatch.model.StaleNaN;
import org.jspecify.annotations.Nullable;

/// One value of a sequence.
///
/// @param present whether there is a sample at all
/// @param value the float
/// @param histogram the histogram, or null
/// @param hintGiven whether the histogram's counter-reset hint was written down
record Point(
        boolean present, double value, @Nullable NativeHistogram histogram, boolean hintGiven) {

    static final Point GAP = new Point(false, 0, null, false);
    static final Point STALE = new Point(true, StaleNaN.VALUE, null, false);

    static Point of(double value) {
        return new Point(true, value, null, false);
    }

    static Point of(NativeHistogram histogram, boolean hintGiven) {
        return new Point(true, 0, histogram, hintGiven);
    }
}

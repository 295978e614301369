package io.framewatch.query.promqltest;

import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The notation of series and their values on its own, for tests of rules: `up{job="a"}` and `1+2x3
/// _ stale {{count:1 sum:2 buckets:[1]}}`.
public final class SeriesNotation {

    /// One value.
    ///
    /// @param present whether there is a sample at all
    /// @param value the number, possibly the staleness marker
    /// @param histogram the histogram, or null where the sample is a number
    /// @param hintGiven whether the histogram's counter-reset hint was written down
    public record Value(
            boolean present,
            double value,
            @Nullable NativeHistogram histogram,
            boolean hintGiven) {}

    private SeriesNotation() {}

    /// The labels of a series. Throws `IllegalArgumentException` in words fit for people.
    public static Labels series(String text) {
        try {
            LabelsParser parser = new LabelsParser(text.strip());
            Labels labels = parser.parse();
            if (!text.strip().substring(parser.end()).isBlank()) {
                throw new IllegalArgumentException("no series: " + text);
            }
            return labels;
        } catch (ScriptException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// The values, one per step. Throws `IllegalArgumentException` in words fit for people.
    public static List<Value> values(String text) {
        try {
            return SequenceParser.values(text).stream().map(SeriesNotation::value).toList();
        } catch (ScriptException | NumberFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Value value(Point point) {
        return new Value(point.present(), point.value(), point.histogram(), point.hintGiven());
    }
}

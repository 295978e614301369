package io.framewatch.query.promql;

/// A single number.
///
/// @param timestampMs evaluation time, Unix milliseconds
/// @param value the number
public record ScalarValue(long timestampMs, double value) implements Value {

    @Override
    public String kind() {
        return "scalar";
    }
}

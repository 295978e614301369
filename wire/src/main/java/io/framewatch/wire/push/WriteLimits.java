package io.framewatch.wire.push;

/// What one push of numbers may carry.
///
/// @param samplesMax samples, histograms included
/// @param labelsMax labels of a series
/// @param labelNameLengthMax longest label name, bytes
/// @param labelValueLengthMax longest label value, bytes
public record WriteLimits(
        int samplesMax, int labelsMax, int labelNameLengthMax, int labelValueLengthMax) {

    /// What a request may carry unless configured otherwise.
    public static final WriteLimits DEFAULT = new WriteLimits(500_000, 128, 1_024, 65_536);
}

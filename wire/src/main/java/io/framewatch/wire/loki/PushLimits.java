package io.framewatch.wire.loki;

/// What one push may carry.
///
/// @param linesMax lines
/// @param lineBytesMax longest line, characters
/// @param labelsMax labels of a stream
/// @param labelValueLengthMax longest label value, characters
public record PushLimits(int linesMax, int lineBytesMax, int labelsMax, int labelValueLengthMax) {

    /// What a push may carry unless configured otherwise.
    public static final PushLimits DEFAULT = new PushLimits(200_000, 262_144, 30, 4_096);
}

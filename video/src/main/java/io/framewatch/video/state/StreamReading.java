package io.framewatch.video.state;

/// What a probe knows of a stream at one moment.
///
/// @param streamId which stream
/// @param atMs when this was put together, Unix milliseconds
/// @param arrival how data arrives
/// @param detail the exact words of a failure, such as `HTTP 503`; empty if there is none. Without
///   secrets
/// @param newestMediaAtMs when media arrived that had not arrived before, Unix milliseconds; 0 if
///   never
/// @param picture what the picture looks like
/// @param flow how fast and how much
public record StreamReading(
        String streamId,
        long atMs,
        Arrival arrival,
        String detail,
        long newestMediaAtMs,
        Picture picture,
        Flow flow) {

    /// What the newest decoded picture looks like. Times are Unix milliseconds, 0 meaning "not so".
    ///
    /// @param seenAtMs when it was decoded; 0 if none was
    /// @param blackSinceMs since when the picture has been black
    /// @param frozenSinceMs since when the same picture has been shown; set from the second equal
    ///   picture on, so the length has to be judged
    /// @param luma mean brightness, 0 black to 255 white; NaN if unknown
    /// @param silentSinceMs since when the sound has been silent
    public record Picture(
            long seenAtMs, long blackSinceMs, long frozenSinceMs, double luma, long silentSinceMs) {

        /// Nothing decoded yet.
        public static final Picture NONE = new Picture(0, 0, 0, Double.NaN, 0);
    }

    /// How fast and how much arrives. NaN means unknown.
    ///
    /// @param fps frames per second of media time
    /// @param bitrateBps bits per second of media time
    /// @param segmentAgeSeconds age of the newest segment since it arrived
    /// @param liveEdgeLagSeconds now minus the wall time that the newest media's end carries
    /// @param speed media seconds that arrived per second, over the last half minute
    /// @param ttfbSeconds time to the first byte of the newest segment
    /// @param probeSeconds how long the last round of the probe took
    public record Flow(
            double fps,
            double bitrateBps,
            double segmentAgeSeconds,
            double liveEdgeLagSeconds,
            double speed,
            double ttfbSeconds,
            double probeSeconds) {

        /// Nothing measured yet.
        public static final Flow NONE =
                new Flow(
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN);
    }

    /// A reading with neither picture nor measures.
    public static StreamReading of(
            String streamId, long atMs, Arrival arrival, String detail, long newestMediaAtMs) {
        return new StreamReading(
                streamId, atMs, arrival, detail, newestMediaAtMs, Picture.NONE, Flow.NONE);
    }

    /// The same with a picture.
    public StreamReading with(Picture shown) {
        return new StreamReading(streamId, atMs, arrival, detail, newestMediaAtMs, shown, flow);
    }

    /// The same with measures.
    public StreamReading with(Flow measured) {
        return new StreamReading(
                streamId, atMs, arrival, detail, newestMediaAtMs, picture, measured);
    }
}

package io.framewatch.ingest.config;

/// What one scrape, or one job, may bring; 0 means no limit of this kind.
///
/// @param bodyBytesMax size of an answer, decompressed
/// @param samplesMax samples of a scrape after metric relabelling
/// @param labelsMax labels of a sample
/// @param labelNameLengthMax length of a label's name, bytes
/// @param labelValueLengthMax length of a label's value, bytes
/// @param targetsMax targets of a job after relabelling
/// @param keepDroppedTargetsMax dropped targets remembered for display
/// @param histogramBucketsMax buckets of a native histogram
public record ScrapeLimits(
        long bodyBytesMax,
        int samplesMax,
        int labelsMax,
        int labelNameLengthMax,
        int labelValueLengthMax,
        int targetsMax,
        int keepDroppedTargetsMax,
        int histogramBucketsMax) {

    /// No limits.
    public static final ScrapeLimits NONE = new ScrapeLimits(0, 0, 0, 0, 0, 0, 0, 0);
}

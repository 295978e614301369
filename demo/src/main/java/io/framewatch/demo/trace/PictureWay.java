package io.framewatch.demo.trace;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the pictures of a segment again at the relays before the packager and before the
/// transcoder. Each stage counts media time from a beginning of its own; what lies between two of
/// them is constant while both run, and is found so:
///
/// - packager: a segment is written when the key picture after it has come. The newest key picture
///   that had passed then is that one or, if the packager was late, a later one; so the smallest
///   difference of a run is the right one.
/// - transcoder: no picture comes out before it went in ([PictureMarks#leadOver]); the largest
///   difference of its run is right but for the time in which the transcoder was quickest.
///
/// Not thread safe.
final class PictureWay {

    /// Segments of a run that come in its first rush, before the differences are known.
    static final int RUSH_SEGMENTS = 2;

    /// A file's time may lie this much before the clock's, which is finer, milliseconds.
    private static final long FILE_TIME_SLACK_MS = 200;

    private final PictureMarks ingest;
    private final PictureMarks[] contribution;
    private final Map<Integer, Long> packagerOffsets = new HashMap<>();
    private int run;
    private long transcoderLead = Long.MIN_VALUE;
    private int ingestEpoch = -1;
    private int contributionEpoch = -1;

    /// Where the pictures of a segment were.
    ///
    /// @param capturedMs wall time of the first one
    /// @param capturedEndMs wall time of the end of the last one
    /// @param in when they were handed to the transcoder
    /// @param out when they came out of it
    record Found(
            long capturedMs,
            long capturedEndMs,
            PictureMarks.Passage in,
            PictureMarks.Passage out) {}

    /// @param ingest what goes into the transcoder
    /// @param contribution what comes out of it, a rendition each
    PictureWay(PictureMarks ingest, PictureMarks... contribution) {
        this.ingest = ingest;
        this.contribution = contribution.clone();
    }

    /// The pictures of a segment; null while that is not known. Segments of one rendition are asked
    /// for in their order.
    @Nullable Found find(PublishedSegment segment) {
        if (segment.run() != run) {
            run = segment.run();
            packagerOffsets.clear();
        }
        PictureMarks came = contribution[segment.rendition()];
        long key = came.keyUntil(segment.writtenMs() + FILE_TIME_SLACK_MS);
        compare();
        if (key == Long.MIN_VALUE || transcoderLead == Long.MIN_VALUE) {
            return null;
        }
        long offset =
                packagerOffsets.merge(segment.rendition(), key - segment.mediaEndMs(), Math::min);
        if (segment.index() < RUSH_SEGMENTS) {
            return null;
        }
        long endMs = segment.mediaEndMs() + offset;
        long startMs = endMs - segment.durationMs();
        PictureMarks.Passage out = came.passage(startMs, endMs);
        long shift = transcoderLead;
        PictureMarks.Passage in = ingest.passage(startMs - shift, endMs - shift);
        return in == null || out == null
                ? null
                : new Found(ingest.wallMs(startMs - shift), ingest.wallMs(endMs - shift), in, out);
    }

    private void compare() {
        if (ingest.epoch() != ingestEpoch || contribution[0].epoch() != contributionEpoch) {
            ingestEpoch = ingest.epoch();
            contributionEpoch = contribution[0].epoch();
            transcoderLead = Long.MIN_VALUE;
        }
        transcoderLead = Math.max(transcoderLead, contribution[0].leadOver(ingest));
    }
}

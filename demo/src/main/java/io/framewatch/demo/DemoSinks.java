package io.framewatch.demo;

import io.framewatch.store.MetricAppender;
import io.framewatch.video.ffmpeg.StageLogRecord;
import io.framewatch.video.now.Now;
import io.framewatch.video.segment.SegmentSignals;
import io.framewatch.video.state.StageReport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where the pipeline tells of itself. All of them thread safe and quick.
///
/// @param metrics takes series of every stage, every two seconds
/// @param log takes what the processes log, and the trace of the segment under way then
/// @param segments takes the spans and lines of segments
/// @param stages takes a report of every stage, every second
/// @param changes takes faults and restarts
public record DemoSinks(
        MetricAppender metrics,
        TracedLog log,
        SegmentSignals segments,
        Consumer<StageReport> stages,
        Consumer<Now.Change> changes) {

    /// Takes what stages log.
    @FunctionalInterface
    public interface TracedLog {

        /// Takes one record, as [StageLog#take] does.
        ///
        /// @param traceId the trace of the segment that the camera's packager was writing then;
        ///   null if that is not known
        void take(StageLogRecord entry, @Nullable String traceId);
    }
}

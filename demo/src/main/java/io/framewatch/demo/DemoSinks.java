package io.framewatch.demo;

import io.framewatch.store.MetricAppender;
import io.framewatch.video.ffmpeg.StageLog;
import io.framewatch.video.now.Now;
import io.framewatch.video.state.StageReport;
import java.util.function.Consumer;

/// Where the pipeline tells of itself. All of them thread safe and quick.
///
/// @param metrics takes series of every stage, every two seconds
/// @param log takes what the processes log
/// @param stages takes a report of every stage, every second
/// @param changes takes faults and restarts
public record DemoSinks(
        MetricAppender metrics,
        StageLog log,
        Consumer<StageReport> stages,
        Consumer<Now.Change> changes) {}

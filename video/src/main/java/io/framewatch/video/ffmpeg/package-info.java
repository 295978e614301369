/// Everything that touches ffmpeg: finding it, running it as a child process, reading what it says.
///
/// Start with [io.framewatch.video.ffmpeg.FfmpegLocator], which finds a binary or fetches one.
/// [io.framewatch.video.ffmpeg.FfmpegSupervisor] keeps one ffmpeg running:
/// [io.framewatch.video.ffmpeg.FfmpegProcess] is one run of it, its `-progress` output goes through
/// [io.framewatch.video.ffmpeg.ProgressParser] and [io.framewatch.video.ffmpeg.ProgressMeter], its
/// log through [io.framewatch.video.ffmpeg.FfmpegLogClassifier] into a
/// [io.framewatch.video.ffmpeg.StageLog]. [io.framewatch.video.ffmpeg.StageMetrics] turns all of it
/// into series.
///
/// [io.framewatch.video.ffmpeg.Children] starts every child so that none outlives this process,
/// however it ends.
@NullMarked
package io.framewatch.video.ffmpeg;

import org.jspecify.annotations.NullMarked;

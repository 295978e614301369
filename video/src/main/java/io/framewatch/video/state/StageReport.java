package io.framewatch.video.state;

import io.framewatch.video.inventory.StageKind;
import java.util.List;

/// What the one that runs a stage knows of it now, sent about every second and at every start and
/// end. Counters are those of the present process, as ffmpeg's `-progress` reports them.
///
/// @param stageId the run, `stage id/stream id`
/// @param pipelineId its pipeline
/// @param kind what it does
/// @param streamId the stream it works on
/// @param atMs when this was put together, Unix milliseconds
/// @param pid its process, 0 if there is none
/// @param processState the letter in `/proc/PID/stat`: R, S, D, T (stopped), Z (ended); `-` if
///   there is no process or no such file
/// @param frames frames written by this process
/// @param outTimeMs media time written by this process, milliseconds
/// @param cpuMs processor time used by this process, milliseconds; -1 if unknown
/// @param restarts how often it was started again
/// @param lastEnd how its last process ended, such as `signal 9` or `exit 1`; empty if it never did
/// @param lastLog its newest lines of log, newest last; a few at most
public record StageReport(
        String stageId,
        String pipelineId,
        StageKind kind,
        String streamId,
        long atMs,
        long pid,
        char processState,
        long frames,
        long outTimeMs,
        long cpuMs,
        int restarts,
        String lastEnd,
        List<String> lastLog) {

    /// Keeps its own copy of the list.
    public StageReport {
        lastLog = List.copyOf(lastLog);
    }
}

package io.framewatch.video.ffmpeg;

import io.framewatch.model.Labels;

/// Whose process it is: the labels that every metric and log line of it carries.
///
/// @param pipeline label `pipeline`
/// @param stage label `stage`
/// @param streamId label `stream_id`
/// @param cameraId label `camera_id`
/// @param site label `site`
public record StageId(
        String pipeline, String stage, String streamId, String cameraId, String site) {

    /// The run's name, `stage/stream`.
    public String runId() {
        return stage + "/" + streamId;
    }

    /// The labels, without a metric name.
    public Labels labels() {
        return new Labels.Builder()
                .set("pipeline", pipeline)
                .set("stage", stage)
                .set("stream_id", streamId)
                .set("camera_id", cameraId)
                .set("site", site)
                .build();
    }
}

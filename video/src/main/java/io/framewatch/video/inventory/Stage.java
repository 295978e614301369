package io.framewatch.video.inventory;

/// One step of a pipeline. Each stream that the pipeline carries has a run of its own of each
/// stage, called `stage id/stream id`.
///
/// @param id unique in its pipeline
/// @param kind what it does
/// @param name what people call it
public record Stage(String id, StageKind kind, String name) {

    /// The id of this stage's run for a stream.
    public String runId(String streamId) {
        return id + "/" + streamId;
    }
}

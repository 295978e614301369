package io.framewatch.video.inventory;

import java.util.List;

/// Stages that a picture passes in order.
///
/// @param id label value `pipeline`
/// @param name what people call it
/// @param streams ids of the streams it carries
/// @param stages stages, the one nearest the camera first
public record Pipeline(String id, String name, List<String> streams, List<Stage> stages) {

    /// Keeps its own copies of the lists.
    public Pipeline {
        streams = List.copyOf(streams);
        stages = List.copyOf(stages);
    }
}

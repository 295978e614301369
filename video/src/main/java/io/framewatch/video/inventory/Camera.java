package io.framewatch.video.inventory;

import java.util.List;

/// One camera and the streams it sends.
///
/// @param id label value `camera_id`
/// @param name what people call it
/// @param device id of the device it hangs on, empty if none is stated
/// @param streams its streams, the main one first
public record Camera(String id, String name, String device, List<VideoStream> streams) {

    /// Keeps its own copy of the list.
    public Camera {
        streams = List.copyOf(streams);
    }
}

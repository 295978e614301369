package io.framewatch.video.inventory;

import java.util.List;

/// A place with cameras.
///
/// @param id label value `site`
/// @param name what people call it
/// @param devices edge devices, recorders and switches there, may be empty
/// @param cameras cameras there
public record Site(String id, String name, List<Device> devices, List<Camera> cameras) {

    /// Keeps its own copies of the lists.
    public Site {
        devices = List.copyOf(devices);
        cameras = List.copyOf(cameras);
    }
}

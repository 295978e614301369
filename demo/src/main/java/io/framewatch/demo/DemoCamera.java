package io.framewatch.demo;

import java.util.List;

/// A test camera.
///
/// @param id camera and stream id
/// @param name what people call it
/// @param site id of its site
/// @param siteName what people call the site
/// @param scene what it looks at
/// @param toneHz pitch of its sound
public record DemoCamera(
        String id, String name, String site, String siteName, Scene scene, int toneHz) {

    /// The cameras of the demo, at two sites.
    public static final List<DemoCamera> ALL =
            List.of(
                    new DemoCamera(
                            "cam-1", "Gate north", "north", "North stand", Scene.TEST_CARD, 440),
                    new DemoCamera("cam-2", "Pitch", "north", "North stand", Scene.PITCH, 330),
                    new DemoCamera(
                            "cam-3", "Car park", "south", "South entrance", Scene.ROAD, 550));
}

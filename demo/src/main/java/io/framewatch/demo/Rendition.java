package io.framewatch.demo;

import java.util.List;

/// One of the sizes in which a camera is delivered.
///
/// @param folder its folder under the camera's
/// @param width picture width, pixels
/// @param height picture height, pixels
/// @param peakBps highest bits per second, sound included
record Rendition(String folder, int width, int height, int peakBps) {

    /// All sizes, the largest first, in the order in which the transcode stage sends them.
    static final List<Rendition> ALL =
            List.of(
                    new Rendition("360p", 640, 360, 900_000),
                    new Rendition("180p", 320, 180, 350_000));
}

package io.framewatch.demo;

import java.net.URI;

/// Writes the demo's inventory file.
final class DemoInventory {

    private DemoInventory() {}

    static String text(URI base) {
        StringBuilder text = new StringBuilder("# What the demo expects to be there.\n");
        text.append("title: Demo\nsites:\n");
        String site = "";
        for (DemoCamera camera : DemoCamera.ALL) {
            if (!camera.site().equals(site)) {
                site = camera.site();
                text.append("  - id: ").append(site).append('\n');
                text.append("    name: ").append(camera.siteName()).append('\n');
                text.append("    cameras:\n");
            }
            text.append(
                    """
                          - id: %s
                            name: %s
                            url: %s/live/%s/index.m3u8
                            fps: %d
                            codec: h264
                            resolution: 640x360
                    """
                            .formatted(
                                    camera.id(),
                                    camera.name(),
                                    base,
                                    camera.id(),
                                    DemoCommands.FPS));
        }
        return text
                + """
                pipelines:
                  - id: %s
                    name: Live
                    stages:
                      - id: camera
                        kind: camera
                        name: Test camera
                      - id: transcode
                        kind: transcode
                        name: Transcode
                      - id: package
                        kind: package
                        name: Package
                """
                        .formatted(DemoPipeline.PIPELINE);
    }
}

package io.framewatch.server;

import io.framewatch.server.parts.Core;
import io.framewatch.server.parts.VideoSide;
import io.framewatch.server.parts.WatchSide;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.InventoryFile;
import java.nio.file.Path;
import java.util.List;

/// The video side of `serve`: what the configured inventory names, nothing without one.
final class ServeSide {

    private ServeSide() {}

    /// Throws [FaultException] when the inventory cannot be read or ffmpeg is missing for it.
    static VideoSide make(Core core) {
        Path file = core.settings().inventoryFile();
        Inventory inventory =
                file == null ? new Inventory("", List.of(), List.of()) : InventoryFile.read(file);
        Path ffmpeg =
                file == null
                        ? Path.of("ffmpeg") // never run: there is nothing to look at
                        : new FfmpegLocator(null, null).locate(false).path();
        Path folder = core.settings().store().folder().resolve("probe");
        return new WatchSide(core, inventory, ffmpeg, folder);
    }
}

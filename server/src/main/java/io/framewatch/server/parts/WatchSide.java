package io.framewatch.server.parts;

import io.framewatch.model.Tenant;
import io.framewatch.server.http.now.DemoControls;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.now.Now;
import io.framewatch.video.now.NowService;
import io.framewatch.video.now.NowSources;
import io.framewatch.video.probe.Pictures;
import io.framewatch.video.probe.ProbeSettings;
import io.framewatch.video.watch.VideoWatch;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Watches the streams of an inventory, wherever they are delivered. Thread safe.
public final class WatchSide implements VideoSide {

    private final VideoWatch watch;
    private final NowService now;

    /// Watches `inventory` with the program `ffmpeg`, thumbnails under `folder`.
    public WatchSide(Core core, Inventory inventory, Path ffmpeg, Path folder) {
        this(core, inventory, ffmpeg, folder, stream -> null, () -> null);
    }

    /// The same with pictures that this server delivers, and a demo.
    WatchSide(
            Core core,
            Inventory inventory,
            Path ffmpeg,
            Path folder,
            Function<String, @Nullable String> playlist,
            Supplier<Now.@Nullable Demo> demo) {
        ZoneId zone = ZoneId.systemDefault();
        this.watch =
                new VideoWatch(
                        inventory,
                        ProbeSettings.of(ffmpeg.toString(), folder),
                        core.appender(),
                        core.signals().segments(),
                        Tenant.DEFAULT,
                        zone,
                        core.clock());
        String title = inventory.title().isEmpty() ? core.settings().title() : inventory.title();
        this.now =
                watch.now(
                        new NowSources(
                                title,
                                core.settings().mode(),
                                core.alerts(),
                                watch.pictures(),
                                watch.segments(),
                                watch.changes(),
                                playlist,
                                demo,
                                zone));
    }

    /// What watches.
    VideoWatch watch() {
        return watch;
    }

    @Override
    public void start(URI address) {
        watch.start();
    }

    @Override
    public Now now() {
        return now.now();
    }

    @Override
    public @Nullable Picture of(String stream) {
        Pictures.Thumbnail newest = watch.pictures().newest(stream);
        return newest == null
                ? null
                : new Picture(newest.jpeg(), Instant.ofEpochMilli(newest.takenAtMs()));
    }

    @Override
    public @Nullable Path folder(String stream) {
        return null;
    }

    @Override
    public @Nullable DemoControls demo() {
        return null;
    }

    @Override
    public void close() {
        watch.close();
    }
}

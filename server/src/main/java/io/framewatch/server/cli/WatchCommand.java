package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;
import io.framewatch.server.parts.WatchSide;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.UrlInventory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `framewatch watch URL...`: watches addresses without any configuration.
@Command(
        name = "watch",
        description = "Watches HLS, RTSP and RTMP addresses: state, page, alerts.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    private final VideoServerStarter starter;

    @Mixin private ListenOption listen = new ListenOption();

    @Parameters(
            arity = "1..*",
            paramLabel = "URL",
            description = "Addresses: http(s)://.../x.m3u8, rtsp://..., rtmp://...")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--durable",
            description = "Keeps data on disk while it runs, in the embedded engine.")
    private boolean durable;

    @Spec private @Nullable CommandSpec spec;

    WatchCommand(VideoServerStarter starter) {
        this.starter = starter;
    }

    @Override
    public Integer call() throws InterruptedException {
        Inventory inventory = UrlInventory.of(urls);
        Settings kept = durable ? Settings.DEFAULT : Settings.DEFAULT.inMemory();
        Settings settings = listen.apply(kept.withMode("watch", "Watch"));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Path ffmpeg = new FfmpegLocator(null, null).locate(false).path();
        Stop stop = new Stop();
        try (WorkFolder folder = WorkFolder.make("watch");
                RunningServer server =
                        starter.start(
                                folder.holding(settings),
                                core ->
                                        new WatchSide(
                                                core,
                                                inventory,
                                                ffmpeg,
                                                folder.path().resolve("probe")))) {
            out.println("Watching " + urls.size() + " addresses at " + server.address());
            server.loginLink().ifPresent(link -> out.println("Log in once with: " + link));
            out.flush();
            stop.await();
        } finally {
            stop.closed();
        }
        return 0;
    }
}

package io.framewatch.server.cli;

import io.framewatch.server.config.Settings;
import io.framewatch.server.parts.WatchSide;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.UrlInventory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/// `framewatch watch URL...`: watches addresses without any configuration.
final class WatchCommand {

    private static final String DESCRIPTION =
            "Watches HLS, RTSP and RTMP addresses: state, page, alerts.";

    private final VideoServerStarter starter;

    WatchCommand(VideoServerStarter starter) {
        this.starter = starter;
    }

    void declare(Subparsers verbs) {
        Subparser parser = Run.verb(verbs, "watch", DESCRIPTION, this::watch);
        ListenOption.declare(parser);
        parser.addArgument("--durable")
                .action(Arguments.storeTrue())
                .help("Keeps data on disk while it runs, in the embedded engine.");
        parser.addArgument("urls")
                .metavar("URL")
                .nargs("+")
                .help("Addresses: http(s)://.../x.m3u8, rtsp://..., rtmp://...");
    }

    private int watch(Namespace given, PrintWriter out) throws InterruptedException {
        List<String> urls = given.getList("urls");
        Inventory inventory = UrlInventory.of(urls);
        Settings kept =
                given.getBoolean("durable") ? Settings.DEFAULT : Settings.DEFAULT.inMemory();
        Settings settings = ListenOption.apply(given, kept.withMode("watch", "Watch"));
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

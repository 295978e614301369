package io.framewatch.server.parts;

import io.framewatch.demo.DemoCamera;
import io.framewatch.demo.DemoFaults;
import io.framewatch.demo.DemoPipeline;
import io.framewatch.demo.DemoRound;
import io.framewatch.demo.DemoSinks;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.server.config.ListenSettings;
import io.framewatch.server.http.HttpListener;
import io.framewatch.server.http.now.DemoControls;
import io.framewatch.server.http.now.LiveFiles;
import io.framewatch.server.telemetry.Meters;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.inventory.InventoryFile;
import io.framewatch.video.now.Now;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.TraceContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The demo: a pipeline on this machine, watched like any other. Thread safe.
public final class DemoSide implements VideoSide, DemoControls, Deliveries {

    private final Core core;
    private final Path ffmpeg;
    private final Path folder;
    private final Children children;
    private @Nullable HttpListener origin;
    private volatile @Nullable Parts parts;
    private volatile @Nullable DemoRound round;

    private record Parts(WatchSide side, DemoPipeline pipeline) {}

    /// A demo that writes below `folder`, which is its own.
    public DemoSide(Core core, Path ffmpeg, Path folder, Children children) {
        this.core = core;
        this.ffmpeg = ffmpeg;
        this.folder = folder;
        this.children = children;
    }

    /// The probe fetches from this server as any player would. Where that asks for a login, a
    /// second listener on loopback delivers the same files to the probe.
    @Override
    public void start(URI address) {
        URI base = core.settings().listen().loopback() ? address : originAddress();
        WatchSide side =
                new WatchSide(
                        core,
                        InventoryFile.parse("the demo's inventory", DemoPipeline.inventory(base)),
                        ffmpeg,
                        folder.resolve("probe"),
                        stream -> folder(stream) == null ? null : "/live/" + stream + "/index.m3u8",
                        this::demoNow);
        DemoSinks sinks =
                new DemoSinks(
                        core.appender(),
                        new StageLogLines(core.signals().segments()),
                        core.signals().segments(),
                        report -> side.watch().stages().report(report),
                        change -> side.watch().changes().add(change));
        DemoPipeline pipeline =
                DemoPipeline.start(liveFolder(), ffmpeg, sinks, children, core.clock());
        parts = new Parts(side, pipeline);
        side.start(base);
    }

    private URI originAddress() {
        HttpListener listener =
                HttpListener.start(
                        new ListenSettings("127.0.0.1", 0, true),
                        core.settings().limits(),
                        List.of(),
                        List.of(new LiveFiles(this::folder, this, new Meters(), core.clock())));
        origin = listener;
        return listener.address();
    }

    private Path liveFolder() {
        return folder.resolve("live");
    }

    private Parts parts() {
        Parts running = parts;
        if (running == null) {
            throw new FaultException(
                    Fault.later("starting", "The demo is starting.", "Ask again in a moment."));
        }
        return running;
    }

    /// The faults that the demo can be given. Throws `starting` before the start.
    public DemoFaults faults() {
        return parts().pipeline().faults();
    }

    /// Shows this round on the page from now on.
    public void show(DemoRound shown) {
        round = shown;
    }

    private Now.Demo demoNow() {
        DemoRound shown = round;
        Now.DemoRound view = shown == null ? new Now.DemoRound(0, List.of()) : shown.view();
        return new Now.Demo(faults().list(), view);
    }

    @Override
    public Now now() {
        return parts().side().now();
    }

    @Override
    public @Nullable Picture of(String stream) {
        Parts running = parts;
        return running == null ? null : running.side().of(stream);
    }

    @Override
    public @Nullable Path folder(String stream) {
        boolean known = DemoCamera.ALL.stream().anyMatch(camera -> camera.id().equals(stream));
        return known ? liveFolder().resolve(stream) : null;
    }

    @Override
    public Deliveries deliveries() {
        return this;
    }

    @Override
    public @Nullable TraceContext context(String stream, String file) {
        Parts running = parts;
        return running == null ? null : running.pipeline().context(stream, file);
    }

    @Override
    public void delivered(Delivery delivery) {
        Parts running = parts;
        if (running != null) {
            running.pipeline().delivered(delivery);
        }
    }

    @Override
    public DemoControls demo() {
        return this;
    }

    @Override
    public void inject(String fault, String target) {
        faults().inject(fault, target.isEmpty() ? DemoCamera.ALL.getFirst().id() : target);
    }

    @Override
    public void clear() {
        faults().clear();
    }

    @Override
    public void close() {
        Parts running = parts;
        if (running != null) {
            running.side().close();
            running.pipeline().close();
        }
        HttpListener listener = origin;
        if (listener != null) {
            listener.close();
        }
    }
}

package io.framewatch.demo;

import io.framewatch.demo.trace.PictureMarks;
import io.framewatch.demo.trace.SegmentTraces;
import io.framewatch.demo.trace.TsRelay;
import io.framewatch.model.Clock;
import io.framewatch.model.Labels;
import io.framewatch.model.Tasks;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.ffmpeg.FfmpegSupervisor;
import io.framewatch.video.ffmpeg.RestartPolicy;
import io.framewatch.video.ffmpeg.StageEvent;
import io.framewatch.video.ffmpeg.StageId;
import io.framewatch.video.ffmpeg.StageLog;
import io.framewatch.video.inventory.StageKind;
import io.framewatch.video.segment.SegmentSignals;
import io.framewatch.video.segment.TraceIds;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// One camera's way through the pipeline: camera, transcode stage, packaging stage, each a process
/// of its own, with a relay before each of the last two that notes when pictures pass. A stage
/// whose input begins anew is restarted, so that its clock is right again. Thread safe.
final class CameraLine {

    private static final Duration TICK = Duration.ofMillis(250);

    private final DemoCamera camera;
    private final Path folder;
    private final Tasks tasks;
    private final Consumer<StageEvent> events;
    private final TsRelay ingest;
    private final TsRelay contribution;
    private final SegmentTraces traces;
    private final FfmpegSupervisor source;
    private final FfmpegSupervisor transcode;
    private final FfmpegSupervisor cutter;
    private final List<PlaylistPublisher> publishers = new ArrayList<>();
    private final AtomicInteger cutRun = new AtomicInteger();
    private volatile Picture picture = Picture.LIVE;
    private boolean masterWritten;

    /// Prepares the processes; [#start()] starts them. `folder` is the camera's own and is made if
    /// missing.
    CameraLine(
            DemoCamera camera,
            DemoCommands commands,
            Path folder,
            Children children,
            Tasks tasks,
            DemoSinks sinks,
            Consumer<StageEvent> events,
            Clock clock)
            throws IOException {
        this.camera = camera;
        this.folder = folder;
        this.tasks = tasks;
        this.events = events;
        int transcodePort = freeUdpPort();
        int packagePort = freeUdpPort();
        this.ingest = TsRelay.start("ingest-" + camera.id(), transcodePort, 1, clock);
        int videos = Rendition.ALL.size();
        this.contribution =
                TsRelay.start("contribution-" + camera.id(), packagePort, videos, clock);
        this.traces = traces(sinks.segments());
        for (int i = 0; i < Rendition.ALL.size(); i++) {
            Path place = folder.resolve(Rendition.ALL.get(i).folder());
            publishers.add(
                    new PlaylistPublisher(
                            i, Files.createDirectories(place), traces::published, clock));
        }
        StageLog log = entry -> sinks.log().take(entry, traces.underWay());
        this.source =
                new FfmpegSupervisor(
                        stage(StageKind.CAMERA),
                        () -> commands.camera(camera, picture, ingest.port(), folder),
                        children,
                        log,
                        RestartPolicy.LIVE,
                        this::sourceEvent,
                        clock);
        this.transcode =
                new FfmpegSupervisor(
                        stage(StageKind.TRANSCODE),
                        () -> commands.transcode(transcodePort, contribution.port(), folder),
                        children,
                        log,
                        RestartPolicy.LIVE,
                        this::transcodeEvent,
                        clock);
        this.cutter =
                new FfmpegSupervisor(
                        stage(StageKind.PACKAGE),
                        () -> commands.cut(packagePort, folder, nextCut()),
                        children,
                        log,
                        RestartPolicy.LIVE,
                        this::cutterEvent,
                        clock);
    }

    private SegmentTraces traces(SegmentSignals signals) {
        Labels labels =
                new Labels.Builder()
                        .set("pipeline", DemoPipeline.PIPELINE)
                        .set("stream_id", camera.id())
                        .set("camera_id", camera.id())
                        .set("site", camera.site())
                        .build();
        List<String> renditions = Rendition.ALL.stream().map(Rendition::folder).toList();
        List<PictureMarks> out = new ArrayList<>();
        for (int i = 0; i < renditions.size(); i++) {
            out.add(contribution.marks(i));
        }
        return new SegmentTraces(labels, renditions, ingest.marks(0), out, signals, new TraceIds());
    }

    private int nextCut() {
        int run = cutRun.incrementAndGet();
        traces.packagerStarts(run);
        return run;
    }

    private StageId stage(StageKind kind) {
        return new StageId(
                DemoPipeline.PIPELINE, kind.word(), camera.id(), camera.id(), camera.site());
    }

    /// A port that was free a moment ago, on loopback.
    private static int freeUdpPort() throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }

    private void sourceEvent(StageEvent event) {
        events.accept(event);
        if (event.kind() == StageEvent.Kind.RESTARTED) {
            tasks.after("restart", Duration.ZERO, () -> transcode.restart("its input began anew"));
        }
    }

    private void transcodeEvent(StageEvent event) {
        events.accept(event);
        if (event.kind() == StageEvent.Kind.RESTARTED) {
            tasks.after("restart", Duration.ZERO, () -> cutter.restart("its input began anew"));
        }
    }

    private void cutterEvent(StageEvent event) {
        events.accept(event);
        if (event.kind() == StageEvent.Kind.ENDED) {
            traces.packagerEnded(event.atMs(), event.detail());
        }
    }

    /// Starts the processes, the last stage first, so that none misses the beginning.
    void start() {
        Duration step = Duration.ofMillis(80);
        tasks.every("cut", Duration.ZERO, TICK, cutter::tick);
        tasks.every("transcode", step, TICK, transcode::tick);
        tasks.every("camera", step.multipliedBy(2), TICK, source::tick);
        tasks.every("publish", step.multipliedBy(3), TICK, this::publish);
    }

    private void publish() {
        int run = cutRun.get();
        try {
            boolean grown = false;
            for (PlaylistPublisher publisher : publishers) {
                grown |= publisher.poll(run);
            }
            if (grown && !masterWritten) {
                PlaylistPublisher.writeMaster(folder);
                masterWritten = true;
            }
        } catch (IOException e) {
            events.accept(
                    new StageEvent(
                            cutter.snapshot().atMs(),
                            cutter.stage(),
                            StageEvent.Kind.FAILED,
                            "the playlist cannot be written: " + e.getMessage()));
        }
    }

    /// Chooses what the camera sends from now on, also after a restart.
    void show(Picture wanted) {
        picture = wanted;
        source.filterCommand("streamselect", "map " + wanted.input());
    }

    /// The traces of this camera's segments.
    SegmentTraces traces() {
        return traces;
    }

    /// Stops passing pictures on; the stages are closed by whoever closes the pipeline.
    void closeRelays() {
        ingest.close();
        contribution.close();
    }

    DemoCamera camera() {
        return camera;
    }

    FfmpegSupervisor transcode() {
        return transcode;
    }

    FfmpegSupervisor cutter() {
        return cutter;
    }

    /// All stages, nearest the camera first.
    List<FfmpegSupervisor> stages() {
        return List.of(source, transcode, cutter);
    }
}

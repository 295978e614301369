package io.framewatch.demo;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.model.Tenant;
import io.framewatch.video.cause.Message;
import io.framewatch.video.ffmpeg.Children;
import io.framewatch.video.ffmpeg.FfmpegLocator;
import io.framewatch.video.ffmpeg.FfmpegSupervisor;
import io.framewatch.video.ffmpeg.StageEvent;
import io.framewatch.video.ffmpeg.StageMetrics;
import io.framewatch.video.ffmpeg.StageSnapshot;
import io.framewatch.video.inventory.StageKind;
import io.framewatch.video.now.Now;
import io.framewatch.video.segment.Deliveries;
import io.framewatch.video.segment.TraceContext;
import io.framewatch.video.state.StageReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The demo's pipeline: three test cameras, each transcoded to two renditions and packaged to HLS.
/// Thread safe.
public final class DemoPipeline implements Deliveries, AutoCloseable {

    /// Label `pipeline` of everything here.
    public static final String PIPELINE = "live";

    private static final Duration REPORT_EVERY = Duration.ofSeconds(1);
    private static final Duration METRICS_EVERY = Duration.ofSeconds(2);

    private final Path folder;
    private final DemoSinks sinks;
    private final Tasks tasks = new Tasks("demo");
    private final List<CameraLine> lines = new ArrayList<>();
    private final DemoFaults faults;

    private DemoPipeline(
            Path folder, Path ffmpeg, DemoSinks sinks, Children children, Clock clock) {
        this.folder = folder;
        this.sinks = sinks;
        DemoCommands commands = new DemoCommands(ffmpeg, FfmpegLocator.font());
        try {
            for (DemoCamera camera : DemoCamera.ALL) {
                Path place = folder.resolve(camera.id());
                lines.add(
                        new CameraLine(
                                camera,
                                commands,
                                place,
                                children,
                                tasks,
                                sinks,
                                this::tell,
                                clock));
            }
        } catch (IOException e) {
            throw new FaultException(
                    Fault.operator(
                            "demo_folder",
                            "The demo cannot write into " + folder + ".",
                            "Check its permissions and the free space."),
                    e);
        }
        this.faults = new DemoFaults(lines, tasks, sinks.changes(), clock);
    }

    /// Starts the pipeline; the first pictures come some seconds later.
    ///
    /// @param folder where segments and playlists are written, a new one; removed by [#close()]
    /// @param ffmpeg an ffmpeg that can write H.264
    public static DemoPipeline start(
            Path folder, Path ffmpeg, DemoSinks sinks, Children children, Clock clock) {
        DemoPipeline pipeline = new DemoPipeline(folder, ffmpeg, sinks, children, clock);
        pipeline.begin(new StageMetrics(sinks.metrics(), Tenant.DEFAULT, clock));
        return pipeline;
    }

    private void begin(StageMetrics metrics) {
        lines.forEach(CameraLine::start);
        tasks.every("reports", Duration.ZERO, REPORT_EVERY, this::report);
        List<FfmpegSupervisor> stages = stages();
        tasks.every("metrics", METRICS_EVERY, METRICS_EVERY, () -> metrics.append(stages));
    }

    private void report() {
        for (FfmpegSupervisor stage : stages()) {
            sinks.stages().accept(report(stage.snapshot()));
        }
    }

    /// A snapshot in the words of the state machines.
    static StageReport report(StageSnapshot now) {
        return new StageReport(
                now.stage().runId(),
                now.stage().pipeline(),
                StageKind.of(now.stage().stage()).orElseThrow(),
                now.stage().streamId(),
                now.atMs(),
                now.pid(),
                now.process().letter(),
                now.frames(),
                now.outTimeMs(),
                now.process().cpuMs(),
                now.restarts(),
                now.lastEnd(),
                now.lastLog());
    }

    private void tell(StageEvent event) {
        String run = event.stage().runId();
        String title =
                switch (event.kind()) {
                    case STARTED -> "Started " + run;
                    case RESTARTED -> "Restarted " + run;
                    case ENDED -> run + " ended";
                    case FAILED -> run + " cannot run";
                };
        if (event.kind() != StageEvent.Kind.STARTED) {
            sinks.changes()
                    .accept(
                            new Now.Change(
                                    Instant.ofEpochMilli(event.atMs()),
                                    "restart",
                                    title,
                                    event.detail(),
                                    message(event)));
        }
    }

    private static Message message(StageEvent event) {
        return Message.of(
                "restart." + event.kind().name().toLowerCase(Locale.ROOT),
                "stage",
                event.stage().stage(),
                "stream",
                event.stage().streamId());
    }

    /// All stages of all cameras.
    public List<FfmpegSupervisor> stages() {
        return lines.stream().flatMap(line -> line.stages().stream()).toList();
    }

    /// Where segments and playlists lie, to be delivered under `/live`: `cam-1/index.m3u8` names
    /// the renditions of the first camera.
    public Path liveFolder() {
        return folder;
    }

    @Override
    public @Nullable TraceContext context(String stream, String file) {
        CameraLine line = line(stream);
        return line == null ? null : line.traces().context(file);
    }

    @Override
    public void delivered(Delivery delivery) {
        CameraLine line = line(delivery.stream());
        if (line != null) {
            line.traces().delivered(delivery);
        }
    }

    private @Nullable CameraLine line(String stream) {
        for (CameraLine line : lines) {
            if (line.camera().id().equals(stream)) {
                return line;
            }
        }
        return null;
    }

    /// What can be broken.
    public DemoFaults faults() {
        return faults;
    }

    /// The inventory of the demo as an inventory file; `base` is where `/live` is delivered,
    /// without a slash at the end.
    public static String inventory(URI base) {
        return DemoInventory.text(base);
    }

    /// Ends all processes and removes the folder. Clears faults first.
    @Override
    public void close() {
        faults.clear();
        tasks.close();
        List<Thread> ends = new ArrayList<>();
        for (FfmpegSupervisor stage : stages()) {
            ends.add(Thread.ofVirtual().start(stage::close));
        }
        for (Thread end : ends) {
            try {
                end.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // what is left is killed with its parent
            }
        }
        lines.forEach(CameraLine::closeRelays);
        remove(folder);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // a leftover folder among the temporary ones does no harm
        }
    }
}

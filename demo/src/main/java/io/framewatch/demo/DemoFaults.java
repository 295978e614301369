package io.framewatch.demo;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tasks;
import io.framewatch.video.cause.Message;
import io.framewatch.video.ffmpeg.ProcessSignal;
import io.framewatch.video.now.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Breaks the pipeline for real, without telling those who watch it. One fault of a kind at a time,
/// one camera with one fault at a time. Thread safe.
public final class DemoFaults {

    /// A fault that nobody clears is cleared after this long.
    public static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(3);

    private final List<CameraLine> lines;
    private final Tasks tasks;
    private final Consumer<Now.Change> changes;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<DemoFault, Active> active = new EnumMap<>(DemoFault.class);

    private record Active(CameraLine line, @Nullable Slowdown slowdown, Future<?> forgotten) {}

    DemoFaults(List<CameraLine> lines, Tasks tasks, Consumer<Now.Change> changes, Clock clock) {
        this.lines = List.copyOf(lines);
        this.tasks = tasks;
        this.changes = changes;
        this.clock = clock;
    }

    /// Breaks something of a camera; both are named by their ids.
    ///
    /// Throws [FaultException] with code `demo_fault_unknown` if there is no such fault or camera,
    /// `demo_fault_running` if the fault runs already or the camera has another.
    public void inject(String fault, String target) {
        DemoFault known =
                DemoFault.of(fault)
                        .orElseThrow(
                                () -> unknown("fault " + fault, "Choose one of " + faultIds()));
        inject(known, target);
    }

    /// The same with a fault that is known.
    public void inject(DemoFault fault, String target) {
        CameraLine line =
                lines.stream()
                        .filter(candidate -> candidate.camera().id().equals(target))
                        .findFirst()
                        .orElseThrow(() -> unknown("camera " + target, "Choose cam-1 to cam-3"));
        lock.lock();
        try {
            boolean taken = active.values().stream().anyMatch(other -> other.line == line);
            if (active.containsKey(fault) || taken) {
                throw new FaultException(
                        Fault.caller(
                                "demo_fault_running",
                                "That fault runs already, or " + target + " has another.",
                                "Clear the faults first."));
            }
            Slowdown slowdown = breakIt(fault, line);
            Future<?> forgotten =
                    tasks.after("forgotten", FORGOTTEN_AFTER, () -> clear(fault, "forgotten"));
            active.put(fault, new Active(line, slowdown, forgotten));
        } finally {
            lock.unlock();
        }
        tell(
                "Fault injected: " + lower(fault) + " on " + target,
                "",
                Message.of("fault.injected", "fault", fault.id(), "stream", target));
    }

    private static FaultException unknown(String what, String todo) {
        return new FaultException(
                Fault.caller("demo_fault_unknown", "There is no " + what + ".", todo + "."));
    }

    private static String faultIds() {
        return String.join(", ", Arrays.stream(DemoFault.values()).map(DemoFault::id).toList());
    }

    private @Nullable Slowdown breakIt(DemoFault fault, CameraLine line) {
        switch (fault) {
            case FROZEN -> line.show(Picture.STILL);
            case BLACK -> line.show(Picture.BLACK);
            case ENCODER_STOPPED -> line.transcode().signal(ProcessSignal.STOP);
            case STAGE_KILLED -> {
                line.cutter().hold();
                line.cutter().signal(ProcessSignal.KILL);
            }
            case SLOW_ENCODER -> {
                return Slowdown.start(line.transcode(), tasks);
            }
        }
        return null;
    }

    private static void mend(DemoFault fault, Active running) {
        switch (fault) {
            case FROZEN, BLACK -> running.line.show(Picture.LIVE);
            case ENCODER_STOPPED -> running.line.transcode().signal(ProcessSignal.CONT);
            case STAGE_KILLED -> running.line.cutter().release();
            case SLOW_ENCODER -> {
                if (running.slowdown != null) {
                    running.slowdown.close();
                }
            }
        }
    }

    /// Clears every fault.
    public void clear() {
        for (DemoFault fault : DemoFault.values()) {
            clear(fault);
        }
    }

    /// Clears one fault; does nothing if it does not run.
    public void clear(DemoFault fault) {
        clear(fault, "");
    }

    private void clear(DemoFault fault, String detail) {
        Active running;
        lock.lock();
        try {
            running = active.remove(fault);
            if (running != null) {
                running.forgotten.cancel(false);
                mend(fault, running);
            }
        } finally {
            lock.unlock();
        }
        if (running != null) {
            String target = running.line.camera().id();
            tell(
                    "Fault cleared: " + lower(fault) + " on " + target,
                    detail,
                    Message.of(
                            detail.isEmpty() ? "fault.cleared" : "fault.forgotten",
                            "fault",
                            fault.id(),
                            "stream",
                            target));
        }
    }

    private void tell(String title, String detail, Message message) {
        changes.accept(new Now.Change(clock.now(), "fault", title, detail, message));
    }

    private static String lower(DemoFault fault) {
        return Character.toLowerCase(fault.title().charAt(0)) + fault.title().substring(1);
    }

    /// The camera that has a fault, or null.
    public @Nullable String target(DemoFault fault) {
        lock.lock();
        try {
            Active running = active.get(fault);
            return running == null ? null : running.line.camera().id();
        } finally {
            lock.unlock();
        }
    }

    /// Cameras that have a fault.
    public Set<String> targets() {
        Set<String> targets = new TreeSet<>();
        for (DemoFault fault : DemoFault.values()) {
            String target = target(fault);
            if (target != null) {
                targets.add(target);
            }
        }
        return targets;
    }

    /// All faults and which of them run, for the page.
    public List<Now.DemoFault> list() {
        List<Now.DemoFault> all = new ArrayList<>();
        for (DemoFault fault : DemoFault.values()) {
            String target = target(fault);
            all.add(new Now.DemoFault(fault.id(), fault.title(), target != null, target));
        }
        return all;
    }
}

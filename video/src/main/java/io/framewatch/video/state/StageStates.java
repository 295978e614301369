package io.framewatch.video.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The states of all stages that report. Thread safe.
public final class StageStates {

    /// Most stages kept; reports of further ones are ignored.
    public static final int STAGES_MAX = 100_000;

    private final Object lock = new Object();
    private final Map<String, StageMachine> machines = new TreeMap<>();

    /// No stage yet.
    public StageStates() {}

    /// Takes a report.
    public void report(StageReport report) {
        synchronized (lock) {
            StageMachine machine = machines.get(report.stageId());
            if (machine != null) {
                machine.take(report);
            } else if (machines.size() < STAGES_MAX) {
                machines.put(report.stageId(), new StageMachine(report));
            }
        }
    }

    /// Forgets a stage that is no longer run.
    public void remove(String stageId) {
        synchronized (lock) {
            machines.remove(stageId);
        }
    }

    /// Where a stage stands, or null if it never reported.
    public @Nullable StageStatus status(String stageId) {
        synchronized (lock) {
            StageMachine machine = machines.get(stageId);
            return machine == null ? null : machine.status();
        }
    }

    /// Where all stages stand, by id.
    public List<StageStatus> all() {
        synchronized (lock) {
            List<StageStatus> all = new ArrayList<>();
            machines.values().forEach(machine -> all.add(machine.status()));
            return all;
        }
    }
}

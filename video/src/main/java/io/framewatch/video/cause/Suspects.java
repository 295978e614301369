package io.framewatch.video.cause;

import io.framewatch.video.inventory.Inventory;
import io.framewatch.video.inventory.Stage;
import io.framewatch.video.state.StageState;
import io.framewatch.video.state.StageStatus;
import io.framewatch.video.state.StreamState;
import io.framewatch.video.state.StreamStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which stage on a stream's path is to blame, if any.
final class Suspects {

    /// Anomalies that began within this time began together, milliseconds.
    static final long TIE_MS = 2_000;

    /// How much later than the symptom a cause may have been noticed, milliseconds: a symptom is
    /// dated back to the last good segment.
    static final long LATER_MAX_MS = 20_000;

    /// A stage that was started again this long before or after the symptom is suspect,
    /// milliseconds.
    static final long RESTART_MS = 15_000;

    /// A stage that is down longer than this does not come back by itself, milliseconds.
    static final long RESTART_PATIENCE_MS = 30_000;

    private final Inventory inventory;

    Suspects(Inventory inventory) {
        this.inventory = inventory;
    }

    /// The runs of a stream's stages, nearest the camera first: in the order of the inventory, by
    /// kind where it does not name them.
    List<StageStatus> path(List<StageStatus> all, String streamId) {
        List<String> order = new ArrayList<>();
        for (Stage stage : inventory.stagesOf(streamId)) {
            order.add(stage.runId(streamId));
        }
        return all.stream()
                .filter(stage -> stage.report().streamId().equals(streamId))
                .sorted(
                        Comparator.<StageStatus>comparingInt(stage -> position(order, stage))
                                .thenComparing(stage -> stage.report().kind()))
                .toList();
    }

    private static int position(List<String> order, StageStatus stage) {
        int index = order.indexOf(stage.report().stageId());
        return index < 0 ? stage.report().kind().ordinal() : index;
    }

    /// The stage to blame for a symptom, or null.
    @Nullable StageStatus guilty(List<StageStatus> path, StreamStatus symptom) {
        for (int rank = 0; rank <= 3; rank++) {
            List<StageStatus> suspects = new ArrayList<>();
            for (StageStatus stage : path) {
                if (rank(stage, symptom) == rank) {
                    suspects.add(stage);
                }
            }
            if (!suspects.isEmpty()) {
                return first(suspects);
            }
        }
        return null;
    }

    /// 0 is broken in itself, 1 stands still, 2 is slow, 3 was broken a moment ago, 4 is no
    /// suspect.
    private static int rank(StageStatus stage, StreamStatus symptom) {
        boolean picture =
                symptom.state() == StreamState.FROZEN || symptom.state() == StreamState.BLACK;
        boolean inTime = stage.sinceMs() <= symptom.sinceMs() + LATER_MAX_MS;
        if (!inTime && picture) {
            return 4;
        }
        return switch (stage.state()) {
            case DOWN, STOPPED -> 0;
            case STALLED -> 1;
            case SLOW -> picture ? 4 : 2;
            case UP -> wasRestarted(stage, symptom) && !picture ? 3 : 4;
        };
    }

    private static boolean wasRestarted(StageStatus stage, StreamStatus symptom) {
        return stage.report().restarts() > 0
                && !stage.report().lastEnd().isEmpty()
                && stage.sinceMs() >= symptom.sinceMs() - RESTART_MS
                && stage.sinceMs() <= symptom.sinceMs() + LATER_MAX_MS;
    }

    /// Of suspects of one rank the earliest; of those that began together the one that a signal
    /// ended or stopped, because the others' ends may follow from it; then, of slow ones, the one
    /// that works hardest; then the one nearest the camera.
    private static StageStatus first(List<StageStatus> suspects) {
        long earliest =
                suspects.stream().mapToLong(StageStatus::sinceMs).min().orElse(Long.MAX_VALUE);
        return suspects.stream()
                .filter(stage -> stage.sinceMs() <= earliest + TIE_MS)
                .min(
                        Comparator.comparing(Suspects::isBySignal, Comparator.reverseOrder())
                                .thenComparing(Suspects::busyness, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static boolean isBySignal(StageStatus stage) {
        return stage.state() == StageState.STOPPED
                || stage.state() == StageState.DOWN
                        && stage.report().lastEnd().startsWith("signal");
    }

    private static double busyness(StageStatus stage) {
        boolean slow = stage.state() == StageState.SLOW;
        return slow && !Double.isNaN(stage.cpuShare()) ? Math.round(stage.cpuShare() * 2) : 0;
    }

    static boolean isTroubled(StageStatus stage) {
        return stage.state() != StageState.UP;
    }

    static Cause.Turn turn(StageStatus stage) {
        boolean young = stage.report().atMs() - stage.sinceMs() < RESTART_PATIENCE_MS;
        return switch (stage.state()) {
            case UP -> Cause.Turn.AUTOMATION;
            case DOWN -> young ? Cause.Turn.AUTOMATION : Cause.Turn.OPERATOR;
            case STOPPED, STALLED, SLOW -> Cause.Turn.OPERATOR;
        };
    }
}

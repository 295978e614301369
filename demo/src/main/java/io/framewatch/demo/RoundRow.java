package io.framewatch.demo;

import io.framewatch.video.now.Now;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of one fault of a round. Seconds count from the injection, except `recovered`, which
/// counts from the clearing; null means not yet, or never if the status is final.
///
/// @param fault what was broken
/// @param target whose
/// @param status how far it got
/// @param seen seconds until the right state was seen
/// @param alert seconds until an alert fired
/// @param recovered seconds until it was live again and no alert fired
/// @param problem what was missed, empty if nothing
public record RoundRow(
        DemoFault fault,
        String target,
        Status status,
        @Nullable Double seen,
        @Nullable Double alert,
        @Nullable Double recovered,
        String problem) {

    /// How far a fault got.
    public enum Status {
        /// Its turn has not come, or the cameras are not all live yet.
        WAITING,
        /// Injected, nothing seen yet.
        INJECTED,
        /// The right state was seen.
        SEEN,
        /// An alert fired too, the fault is cleared.
        ALERTED,
        /// All is well again.
        RECOVERED,
        /// Something did not come in time.
        MISSED;

        /// The word in `GET /api/now`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A fault whose turn has not come.
    static RoundRow waiting(DemoFault fault, String target) {
        return new RoundRow(fault, target, Status.WAITING, null, null, null, "");
    }

    RoundRow injected() {
        return new RoundRow(fault, target, Status.INJECTED, null, null, null, "");
    }

    RoundRow seen(double seconds) {
        return new RoundRow(fault, target, Status.SEEN, seconds, alert, recovered, problem);
    }

    RoundRow alerted(double seconds) {
        return new RoundRow(fault, target, status, seen, seconds, recovered, problem);
    }

    RoundRow cleared() {
        return new RoundRow(fault, target, Status.ALERTED, seen, alert, recovered, problem);
    }

    RoundRow recovered(double seconds) {
        Status end = problem.isEmpty() ? Status.RECOVERED : Status.MISSED;
        return new RoundRow(fault, target, end, seen, alert, seconds, problem);
    }

    RoundRow missed(String what) {
        String all = problem.isEmpty() ? what : problem + "; " + what;
        return new RoundRow(fault, target, Status.MISSED, seen, alert, recovered, all);
    }

    /// Whether nothing more will come.
    public boolean isFinal() {
        return status == Status.RECOVERED || status == Status.MISSED;
    }

    /// The same for the page.
    Now.DemoRow view() {
        return new Now.DemoRow(fault.id(), target, seen, alert, recovered, status.word());
    }
}

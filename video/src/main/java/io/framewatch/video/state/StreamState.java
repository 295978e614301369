package io.framewatch.video.state;

import java.util.Locale;

/// What can be true of a stream's picture.
///
/// When several are true the first of these wins: maintenance, parent down (UNKNOWN), OFFLINE,
/// BLACK, FROZEN, TAMPERED, DEGRADED, LIVE. A black picture is also a frozen one, so BLACK comes
/// before FROZEN.
public enum StreamState {
    /// Arrives as expected.
    LIVE(Group.FINE, "live"),
    /// Arrives, but too late, too slow, or too weak.
    DEGRADED(Group.DEGRADED, "degraded"),
    /// The same picture again and again while data goes on arriving.
    FROZEN(Group.BROKEN, "frozen"),
    /// Black while data goes on arriving.
    BLACK(Group.BROKEN, "black"),
    /// Nothing new arrives.
    OFFLINE(Group.BROKEN, "offline"),
    /// Asked for, nothing seen yet.
    CONNECTING(Group.UNKNOWN, "connecting"),
    /// Goes offline and comes back again and again.
    FLAPPING(Group.DEGRADED, "flapping"),
    /// Nobody can tell: its site is out of reach, or it is not being watched.
    UNKNOWN(Group.UNKNOWN, "unreported"),
    /// Covered, turned away or out of focus.
    TAMPERED(Group.BROKEN, "covered"),
    /// In service, or off by its schedule.
    MAINTENANCE(Group.MAINTENANCE, "in service");

    private final Group group;
    private final String adjective;

    StreamState(Group group, String adjective) {
        this.group = group;
        this.adjective = adjective;
    }

    /// How bad it is.
    public Group group() {
        return group;
    }

    /// What people say: "cam-1 is frozen".
    public String adjective() {
        return adjective;
    }

    /// The word in labels.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

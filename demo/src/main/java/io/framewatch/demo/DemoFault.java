package io.framewatch.demo;

import io.framewatch.video.state.StreamState;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// What the demo can break.
public enum DemoFault {
    /// The camera repeats one picture; the sound goes on.
    FROZEN("frozen", "Frozen picture", Set.of(StreamState.FROZEN)),
    /// The camera sends black; the sound goes on.
    BLACK("black", "Black picture", Set.of(StreamState.BLACK)),
    /// The transcode stage's process is stopped (`SIGSTOP`).
    ENCODER_STOPPED("encoder-stopped", "Encoder stopped", Set.of(StreamState.OFFLINE)),
    /// The packaging stage's process is killed (`SIGKILL`) and kept down.
    STAGE_KILLED("stage-killed", "Stage killed", Set.of(StreamState.OFFLINE)),
    /// The transcode stage gets so little processor time that it cannot keep up.
    SLOW_ENCODER("slow-encoder", "Slow encoder", Set.of(StreamState.DEGRADED));

    private final String id;
    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of: never changed
    private final Set<StreamState> expected;

    DemoFault(String id, String title, Set<StreamState> expected) {
        this.id = id;
        this.title = title;
        this.expected = expected;
    }

    /// The word in the API and on the command line.
    public String id() {
        return id;
    }

    /// What people call it.
    public String title() {
        return title;
    }

    /// The states by which it is seen rightly.
    public Set<StreamState> expected() {
        return expected;
    }

    /// The fault of that word.
    public static Optional<DemoFault> of(String id) {
        return Arrays.stream(values()).filter(fault -> fault.id.equals(id)).findFirst();
    }
}

package io.framewatch.video.state;

import java.util.Locale;

/// How bad a state is for whoever looks at the picture, worst first.
public enum Group {
    /// No usable picture.
    BROKEN,
    /// We cannot see.
    UNKNOWN,
    /// A picture that is late, weak or comes and goes.
    DEGRADED,
    /// Meant to be off or in service.
    MAINTENANCE,
    /// As it should be.
    FINE;

    /// The word in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

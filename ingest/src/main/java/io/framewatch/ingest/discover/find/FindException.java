package io.framewatch.ingest.discover.find;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A try to find targets that failed; the message says why, as part of a sentence.
public final class FindException extends Exception {

    private static final long serialVersionUID = 1L;

    private transient @Nullable List<TargetGroup> partly;

    /// Failed because of `reason`.
    public FindException(String reason) {
        super(reason);
    }

    /// Failed because of `reason`, which `cause` brought about.
    public FindException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// The same failure, of a part only: `groups` were found all the same.
    public FindException with(List<TargetGroup> groups) {
        partly = groups;
        return this;
    }

    /// What was found in spite of the failure, or null if nothing was.
    public @Nullable List<TargetGroup> partly() {
        return partly;
    }
}

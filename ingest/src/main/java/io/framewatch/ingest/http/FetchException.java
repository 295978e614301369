package io.framewatch.ingest.http;

import org.jspecify.annotations.Nullable;

/// A request that brought no usable answer. The message is shown to people and carries no secret.
public final class FetchException extends Exception {

    private static final long serialVersionUID = 1L;

    /// A request that failed for this reason.
    public FetchException(String reason) {
        super(reason);
    }

    /// A request that failed for this reason, with its cause.
    public FetchException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /// Whether the answer was larger than allowed.
    public boolean isTooLarge() {
        for (@Nullable Throwable at = this; at != null; at = at.getCause()) {
            if (at instanceof BodyTooLargeException) {
                return true;
            }
        }
        return false;
    }
}

package io.framewatch.ingest.http;

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
}

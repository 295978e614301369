package io.framewatch.wire.remotewrite;

/// A write request that breaks the protocol or a limit; nothing of it may be stored. Sending it
/// again unchanged fails again.
public final class WriteRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A request refused for this reason.
    public WriteRequestException(String reason) {
        super(reason);
    }
}

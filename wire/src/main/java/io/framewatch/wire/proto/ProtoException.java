package io.framewatch.wire.proto;

/// Bytes that are not a message in the wire format: cut off, or with numbers out of range.
public final class ProtoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A problem at byte `at` of the message's buffer.
    public ProtoException(String problem, int at) {
        super(problem + " at byte " + at);
    }
}

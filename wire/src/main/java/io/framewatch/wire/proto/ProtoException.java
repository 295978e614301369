package io.framewatch.wire.proto;

/// Bytes that are not a message in the wire format: cut off, with numbers out of range, or with
/// parts that contradict each other.
public final class ProtoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// A problem at byte `at` of the message's buffer.
    public ProtoException(String problem, int at) {
        super(problem + " at byte " + at);
    }

    /// A message whose parts contradict each other.
    public ProtoException(String problem) {
        super(problem);
    }
}

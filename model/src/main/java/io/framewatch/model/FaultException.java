package io.framewatch.model;

/// Carries a [Fault] up to the border that answers the user: HTTP, command line or log.
public final class FaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    /// A fault without an underlying exception.
    public FaultException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    /// A fault caused by another exception.
    public FaultException(Fault fault, Throwable cause) {
        super(fault.message(), cause);
        this.fault = fault;
    }

    /// What to tell, and to whom.
    public Fault fault() {
        return fault;
    }
}

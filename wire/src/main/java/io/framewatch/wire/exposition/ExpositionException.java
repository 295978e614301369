package io.framewatch.wire.exposition;

/// An exposition that breaks its format. The message says where and why.
public final class ExpositionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /// A problem on `line`, counted from 1; 0 when the format has no lines.
    public ExpositionException(int line, String problem) {
        super(line == 0 ? problem : "line " + line + ": " + problem);
        this.line = line;
    }

    /// The line, from 1; 0 when the format has no lines.
    public int line() {
        return line;
    }
}

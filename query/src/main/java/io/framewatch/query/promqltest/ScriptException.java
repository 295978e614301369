package io.framewatch.query.promqltest;

/// A line of a script cannot be read.
final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScriptException(String what) {
        super(what);
    }
}

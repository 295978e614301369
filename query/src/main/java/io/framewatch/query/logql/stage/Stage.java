package io.framewatch.query.logql.stage;

/// One step of a pipeline. Immutable, thread safe.
@FunctionalInterface
public interface Stage {

    /// Works on the line in place; false drops it.
    boolean process(LogLine line);
}

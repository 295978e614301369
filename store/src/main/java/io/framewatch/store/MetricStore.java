package io.framewatch.store;

/// A place for numbers: both ways, and closed by whoever made it.
public interface MetricStore extends MetricAppender, MetricSelect, AutoCloseable {

    /// Makes everything appended durable and lets go of files and memory.
    @Override
    void close();
}

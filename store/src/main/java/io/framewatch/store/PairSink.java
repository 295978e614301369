package io.framewatch.store;

/// Takes label pairs with how many series have each. Called by one thread.
@FunctionalInterface
public interface PairSink {

    /// `series` series, at least one, have label `name` with `value`.
    void pair(String name, String value, int series);
}

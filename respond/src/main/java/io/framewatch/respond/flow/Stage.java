package io.framewatch.respond.flow;

/// One step on the way of a group to its receivers. Thread safe.
@FunctionalInterface
public interface Stage {

    /// The group with the alerts that go on; with none, its way ends here.
    Flush apply(Flush flush);
}

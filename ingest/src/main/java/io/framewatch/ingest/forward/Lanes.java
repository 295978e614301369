package io.framewatch.ingest.forward;

import java.util.ArrayDeque;
import java.util.Deque;

/// Lanes of a round.
final class Lanes {

    private Lanes() {}

    /// A lane with one request.
    static Deque<Outlet.Load> of(Outlet.Load load) {
        Deque<Outlet.Load> lane = new ArrayDeque<>();
        lane.add(load);
        return lane;
    }
}

package io.framewatch.video.now;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What changed lately: a ring that forgets the oldest. Thread safe.
public final class ChangeLog {

    /// Most changes kept.
    public static final int CHANGES_MAX = 200;

    private final Deque<Now.Change> changes = new ArrayDeque<>();

    /// An empty log.
    public ChangeLog() {}

    /// Notes a change.
    public synchronized void add(Now.Change change) {
        changes.addFirst(change);
        if (changes.size() > CHANGES_MAX) {
            changes.removeLast();
        }
    }

    /// The changes, newest first, a copy.
    public synchronized List<Now.Change> newestFirst() {
        return new ArrayList<>(changes);
    }
}

package io.framewatch.store.hot;

import java.util.concurrent.CompletableFuture;

/// An append that is on its way to the disk. Thread safe.
public final class Pending {

    private final CompletableFuture<Boolean> durable = new CompletableFuture<>();

    /// Tells whether it got there.
    public void done(boolean isDurable) {
        durable.complete(isDurable);
    }

    /// Waits until that is known, and returns it.
    public boolean await() {
        return durable.join();
    }

    boolean isDone() {
        return durable.isDone();
    }
}

package io.framewatch.server.parts;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// A part of the start that runs on another thread while the caller goes on with its own. To be
/// closed by the thread that began it.
public final class Meanwhile implements AutoCloseable {

    private final CompletableFuture<Void> done;

    private Meanwhile(CompletableFuture<Void> done) {
        this.done = done;
    }

    /// Begins `part` on a thread called `name`.
    public static Meanwhile run(String name, Runnable part) {
        return new Meanwhile(
                CompletableFuture.runAsync(part, Thread.ofPlatform().name(name)::start));
    }

    /// Waits until the part is through, and throws what it threw.
    @Override
    public void close() {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            throw e;
        }
    }
}

package io.framewatch.server.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits until the program is told to end, and then has everything closed before it does. One a
/// program. Thread safe.
final class Stop {

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /// From now on, Ctrl-C and `SIGTERM` wait until [#closed()] has been called.
    Stop() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::end));
    }

    private void end() {
        told.countDown();
        try {
            if (!closed.await(10, TimeUnit.SECONDS)) {
                return; // children are killed by their own hook
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits; answers whether the program was told to end within `atMost`.
    boolean within(Duration atMost) throws InterruptedException {
        return told.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Waits until the program is told to end.
    void await() throws InterruptedException {
        told.await();
    }

    /// Everything has been closed: the program may end.
    void closed() {
        closed.countDown();
    }
}

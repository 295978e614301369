package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ComputingTest {

    /// What `work` gives when a virtual thread has it done.
    private static <T> T fromVirtual(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error thrown) {
                result.completeExceptionally(thrown);
            }
        });
        return result.join();
    }

    @Test
    void virtualThreadsHandTheirWorkOver() {
        Thread worker = fromVirtual(() -> Computing.run(Thread::currentThread));

        assertThat(worker.isVirtual()).isFalse();
        assertThat(worker.isDaemon()).isTrue();
    }

    @Test
    void threadsOfTheSystemDoTheirsThemselves() {
        assertThat(Computing.run(Thread::currentThread)).isSameAs(Thread.currentThread());
    }

    @Test
    void whatIsThrownComesBackAsItIs() {
        IllegalStateException thrown = new IllegalStateException("no");
        AtomicReference<Throwable> caught = new AtomicReference<>();

        assertThatThrownBy(() ->
                        fromVirtual(() -> {
                            try {
                                return Computing.run(() -> {
                                    throw thrown;
                                });
                            } catch (IllegalStateException e) {
                                caught.set(e);
                                throw e;
                            }
                        }))
                .hasRootCause(thrown);
        assertThat(caught.get()).isSameAs(thrown);
    }

    @Test
    void anInterruptionReachesTheWorkAndIsLeftToTheCaller() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean told = new AtomicBoolean();
        CompletableFuture<Boolean> after = new CompletableFuture<>();
        Thread caller =
                Thread.startVirtualThread(() -> {
                    Computing.run(() -> {
                        begun.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException stopped) {
                            told.set(true);
                        }
                        return 1;
                    });
                    after.complete(Thread.currentThread().isInterrupted());
                });

        begun.await();
        caller.interrupt();

        assertThat(after.join()).isTrue();
        assertThat(told).isTrue();
    }

    @Test
    void whatWasBegunIsAwaited() {
        AtomicBoolean done = new AtomicBoolean();
        Computing.Running running = Computing.start(() -> done.set(true));

        running.await();

        assertThat(done).isTrue();
    }

    @Test
    void virtualThreadsGoOnWhileMoreIsComputedThanThereAreCarriers() throws Exception {
        int many = 4 * Runtime.getRuntime().availableProcessors() + 4;
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch computing = new CountDownLatch(many);
        CountDownLatch ended = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            Thread.startVirtualThread(() -> {
                Computing.run(() -> {
                    computing.countDown();
                    while (!enough.get()) {
                        Thread.onSpinWait();
                    }
                    return 1;
                });
                ended.countDown();
            });
        }
        computing.await();

        assertThat(fromVirtual(() -> "served")).isEqualTo("served");
        enough.set(true);
        ended.await();
    }
}

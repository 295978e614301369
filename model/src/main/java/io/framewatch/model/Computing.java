package io.framewatch.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Work that may compute for long. A virtual thread keeps its carrier as long as it computes, and
/// there are only as many carriers as processors: two large queries would hold up everything that
/// waits in virtual threads. Such work therefore runs on threads of the system, between which the
/// system shares the processors (`docs/decisions/0196-computing-beside-virtual-threads.md`). How
/// much of it there is at once is limited by those who ask. Thread safe.
public final class Computing {

    private static final long IDLE_SECONDS = 60;

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    work ->
                            Thread.ofPlatform()
                                    .name("compute-" + NAMES.incrementAndGet())
                                    .daemon()
                                    .unstarted(work));

    private Computing() {}

    /// Does `work` on a thread of the system, the caller's if that is one, and returns or throws
    /// what it does. An interruption of the caller goes on to the work, whose end is awaited all
    /// the same.
    public static <T> T run(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        Piece<T> piece = new Piece<>(work);
        THREADS.execute(piece);
        return piece.await();
    }

    /// Begins `work` on a thread of the system. It must not throw.
    public static Running start(Runnable work) {
        Piece<Boolean> piece =
                new Piece<>(() -> {
                    work.run();
                    return true;
                });
        THREADS.execute(piece);
        return piece::awaitEnd;
    }

    /// Work that was begun.
    @FunctionalInterface
    public interface Running {

        /// Returns when it has ended, even if the caller is interrupted meanwhile, which then shows
        /// afterwards.
        void await();
    }

    private static final class Piece<T> implements Runnable {

        private final Supplier<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();

        /// Guarded by this: who is told of an interruption, and only while it works on this.
        private @Nullable Thread worker;

        private boolean interrupted;

        Piece(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            begin();
            T result = null;
            Throwable failure = null;
            try {
                result = work.get();
            } catch (Throwable thrown) { // handed to who waits
                failure = thrown;
            }
            end();
            if (failure == null) {
                done.complete(result);
            } else {
                done.completeExceptionally(failure);
            }
        }

        private synchronized void begin() {
            worker = Thread.currentThread();
            if (interrupted) {
                worker.interrupt();
            }
        }

        private synchronized void end() {
            worker = null;
        }

        private synchronized void interrupt() {
            interrupted = true;
            if (worker != null) {
                worker.interrupt();
            }
        }

        T await() {
            awaitEnd();
            try {
                return done.join();
            } catch (CompletionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException thrown -> throw thrown;
                    case Error thrown -> throw thrown;
                    case null, default -> throw failed;
                }
            }
        }

        void awaitEnd() {
            boolean late = false;
            while (true) {
                try {
                    done.get();
                    break;
                } catch (InterruptedException stopped) {
                    late = true;
                    interrupt();
                } catch (ExecutionException failed) {
                    break;
                }
            }
            if (late) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

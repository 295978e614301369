package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Tenant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class IndexReadsTest {

    /// Who looks on behalf of a virtual thread.
    private static Thread worker(int activeSeries) {
        IndexReads reads = new IndexReads(_ -> activeSeries);
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> worker.complete(reads.read(Tenant.DEFAULT, Thread::currentThread)));
        return worker.join();
    }

    @Test
    void readsOfFewSeriesStayWhereTheyAre() {
        assertThat(worker(IndexReads.SERIES_FEW).isVirtual()).isTrue();
        assertThat(worker(IndexReads.SERIES_FEW + 1).isVirtual()).isFalse();
    }

    @Test
    void onlySomeReadsOfManySeriesRunAtOnce() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(8);
        CountDownLatch ended = new CountDownLatch(40);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        IndexReads reads = new IndexReads(_ -> Integer.MAX_VALUE);
        Supplier<Integer> look =
                () -> {
                    int now = running.incrementAndGet();
                    most.accumulateAndGet(now, Math::max);
                    full.countDown();
                    await(go);
                    running.decrementAndGet();
                    return now;
                };
        for (int i = 0; i < 40; i++) {
            Thread.startVirtualThread(() -> {
                assertThat(reads.read(Tenant.DEFAULT, look)).isBetween(1, 8);
                ended.countDown();
            });
        }
        full.await();
        go.countDown();
        ended.await();

        assertThat(most.get()).isEqualTo(8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.model.Tenant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class IndexReadsTest {

    private static final ApiRequest NO_REQUEST = null;

    private static Thread worker(int activeSeries) {
        AtomicReference<Thread> worker = new AtomicReference<>();
        ApiHandler.Call call =
                new IndexReads(_ -> activeSeries)
                        .of(
                                (_, _, _) -> {
                                    worker.set(Thread.currentThread());
                                    return ApiAnswer.of(out -> out.number(1));
                                });
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.startVirtualThread(
                () -> {
                    call.answer(Tenant.DEFAULT, NO_REQUEST, null);
                    done.complete(null);
                });
        done.join();
        return worker.get();
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
        ApiHandler.Call call =
                new IndexReads(_ -> Integer.MAX_VALUE)
                        .of(
                                (_, _, _) -> {
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                    full.countDown();
                                    await(go);
                                    running.decrementAndGet();
                                    return ApiAnswer.of(out -> out.number(1));
                                });
        for (int i = 0; i < 40; i++) {
            Thread.startVirtualThread(
                    () -> {
                        call.answer(Tenant.DEFAULT, NO_REQUEST, null);
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

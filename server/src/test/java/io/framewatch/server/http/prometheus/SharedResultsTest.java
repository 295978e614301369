package io.framewatch.server.http.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class SharedResultsTest {

    private static final Tenant ACME = new Tenant("acme");

    private final ManualClock clock = new ManualClock(1_000_000);
    private final SharedResults<long[]> shared = shared(1 << 20);
    private final AtomicInteger evaluations = new AtomicInteger();

    private static SharedResults.Question question(Tenant tenant, String query, long endMs) {
        return new SharedResults.Question(tenant, query, 0, endMs, 15_000, 1_000, 0, false);
    }

    private static final SharedResults.Question UP = question(Tenant.DEFAULT, "up", 60_000);

    private SharedResults<long[]> shared(long bytesMax) {
        return new SharedResults<>(5_000, bytesMax, result -> 8L * result.length, clock);
    }

    private static long[] result(int points) {
        return new long[points];
    }

    private Supplier<long[]> evaluation(int points) {
        return () -> {
            evaluations.incrementAndGet();
            return result(points);
        };
    }

    private long[] ask(SharedResults.Question question) {
        return shared.answer(question, false, evaluation(10));
    }

    @Test
    void manyViewersOfOnePanelCostOneEvaluation() {
        long[] first = ask(UP);
        for (int viewer = 0; viewer < 100; viewer++) {
            assertThat(ask(UP)).isSameAs(first);
        }
        assertThat(evaluations).hasValue(1);
        assertThat(shared.evaluated()).isEqualTo(1);
        assertThat(shared.reused()).isEqualTo(100);
    }

    @Test
    void nothingIsSharedBetweenTenantsQueriesOrWindows() {
        ask(UP);
        ask(question(ACME, "up", 60_000));
        ask(question(Tenant.DEFAULT, "up ", 60_000));
        ask(question(Tenant.DEFAULT, "up", 75_000));
        assertThat(evaluations).hasValue(4);
    }

    @Test
    void aResultIsKeptForSecondsOnly() {
        ask(UP);
        clock.advance(Duration.ofMillis(4_999));
        ask(UP);
        assertThat(evaluations).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        ask(UP);
        assertThat(evaluations).hasValue(2);
        SharedResults.Question fine =
                new SharedResults.Question(Tenant.DEFAULT, "up", 0, 60_000, 1_000, 1_000, 0, false);
        ask(fine);
        clock.advance(Duration.ofSeconds(1));
        ask(fine);
        assertThat(evaluations).as("never longer than its step").hasValue(4);
    }

    @Test
    void whoWantsItFreshGetsIt() {
        ask(UP);
        shared.answer(UP, true, evaluation(10));
        assertThat(evaluations).hasValue(2);
        ask(UP);
        assertThat(evaluations).as("and the others share that").hasValue(2);
    }

    @Test
    void windowsOffTheGridAndInstantsAreNotKept() {
        SharedResults.Question off =
                new SharedResults.Question(
                        Tenant.DEFAULT, "up", 1, 60_001, 15_000, 1_000, 0, false);
        SharedResults.Question instant =
                new SharedResults.Question(
                        Tenant.DEFAULT, "up", 60_000, 60_000, 0, 1_000, 0, false);
        ask(off);
        ask(off);
        ask(instant);
        ask(instant);
        assertThat(evaluations).hasValue(4);
        assertThat(shared.bytes()).isZero();
    }

    @Test
    void theBudgetHolds() {
        SharedResults<long[]> small = shared(80_000);
        for (int i = 1; i <= 50; i++) {
            small.answer(question(Tenant.DEFAULT, "up", i * 15_000L), false, evaluation(1_000));
            assertThat(small.bytes()).isBetween(1L, 80_000L);
        }
        small.answer(question(Tenant.DEFAULT, "large", 0), false, evaluation(2_000));
        small.answer(question(Tenant.DEFAULT, "large", 0), false, evaluation(2_000));
        assertThat(evaluations).as("a large one is not kept").hasValue(52);
        clock.advance(Duration.ofSeconds(6));
        small.answer(question(Tenant.DEFAULT, "up", 0), false, evaluation(1));
        assertThat(small.bytes()).as("old ones are let go").isLessThan(1_000);
    }

    @Test
    void thoseWhoAskMeanwhileWaitForTheFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(viewers.submit(() -> shared.answer(UP, false, () -> slow(go))));
            }
            Awaitility.await().until(() -> shared.joined() == 19);
            go.countDown();
            for (Future<long[]> answer : answers) {
                assertThat(answer.get()).isSameAs(answers.getFirst().get());
            }
        }
        assertThat(evaluations).hasValue(1);
    }

    private long[] slow(CountDownLatch go) {
        try {
            evaluations.incrementAndGet();
            go.await();
            return result(1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFaultReachesThoseWhoWaitedAndIsNotKept() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        Supplier<long[]> failing =
                () -> {
                    slow(go);
                    throw new FaultException(Fault.caller("query_limit", "Too much.", "Ask less."));
                };
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<long[]> first = viewers.submit(() -> shared.answer(UP, false, failing));
            Future<long[]> second = viewers.submit(() -> shared.answer(UP, false, failing));
            Awaitility.await().until(() -> shared.joined() == 1);
            go.countDown();
            for (Future<long[]> each : List.of(first, second)) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(each::get)
                        .withMessageContaining("Too much");
            }
        }
        ask(UP);
        assertThat(evaluations).hasValue(2);
    }

    @Test
    void whoWaitsTooLongIsTold() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        SharedResults.Question hasty =
                new SharedResults.Question(Tenant.DEFAULT, "up", 0, 0, 15_000, 20, 0, false);
        try (ExecutorService viewers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<long[]> first =
                    viewers.submit(() -> shared.answer(hasty, false, () -> slow(go)));
            Awaitility.await().until(() -> evaluations.get() == 1);
            assertThatExceptionOfType(FaultException.class)
                    .isThrownBy(() -> ask(hasty))
                    .satisfies(e -> assertThat(e.fault().code()).isEqualTo("query_timeout"));
            go.countDown();
            first.get();
        }
    }
}

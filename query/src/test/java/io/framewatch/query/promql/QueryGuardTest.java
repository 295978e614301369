package io.framewatch.query.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class QueryGuardTest {

    private static final Tenant A = new Tenant("a");
    private static final Tenant B = new Tenant("b");

    private static QueryGuard guard(int all, int perTenant, int queued, long waitMs) {
        return new QueryGuard(
                new QueryGuard.Limits(all, perTenant, queued, waitMs, 1_000_000), Clock.system());
    }

    private static void refused(Runnable enter, String code) {
        assertThatThrownBy(enter::run)
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> {
                            assertThat(e.fault().code()).isEqualTo(code);
                            assertThat(e.fault().turn()).isEqualTo(Fault.Turn.LATER);
                        });
    }

    @Test
    void aTenantWithAllItsTurnsTakenIsRefusedAndOthersGoOn() {
        QueryGuard guard = guard(4, 1, 8, 0);
        try (QueryGuard.Turn first = guard.enter(A)) {
            refused(() -> guard.enter(A), "query_busy");
            guard.enter(B).close();
            assertThat(first.waitedNs()).isNotNegative();
        }
        guard.enter(A).close();
        assertThat(guard.refused()).isEqualTo(1);
    }

    @Test
    void aTenantMayHaveAnotherNumberOfTurns() {
        QueryGuard guard =
                new QueryGuard(
                        new QueryGuard.Limits(4, 1, 8, 0, 1_000_000, Map.of(A, 2)), Clock.system());
        try (QueryGuard.Turn first = guard.enter(A);
                QueryGuard.Turn second = guard.enter(A);
                QueryGuard.Turn other = guard.enter(B)) {
            refused(() -> guard.enter(A), "query_busy");
            refused(() -> guard.enter(B), "query_busy");
            assertThat(first.waitedNs() + second.waitedNs() + other.waitedNs()).isNotNegative();
        }
    }

    @Test
    void allTenantsTogetherAreLimitedToo() {
        QueryGuard guard = guard(1, 1, 8, 0);
        try (QueryGuard.Turn only = guard.enter(A)) {
            refused(() -> guard.enter(B), "query_busy");
            assertThat(only.waitedNs()).isNotNegative();
        }
        guard.enter(B).close();
        assertThat(guard.running()).isZero();
    }

    @Test
    void aQueryWaitsForItsTurn() throws ExecutionException, InterruptedException {
        QueryGuard guard = guard(4, 1, 8, 60_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            QueryGuard.Turn first = guard.enter(A);
            CompletableFuture<Long> second =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try (QueryGuard.Turn turn = guard.enter(A)) {
                                    return turn.waitedNs();
                                }
                            },
                            threads);
            while (guard.waiting() == 0) {
                Thread.onSpinWait();
            }
            first.close();
            assertThat(second.get()).isPositive();
        }
    }

    @Test
    void whoFindsTheQueueFullDoesNotWait() throws ExecutionException, InterruptedException {
        QueryGuard guard = guard(4, 1, 1, 60_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            QueryGuard.Turn first = guard.enter(A);
            CompletableFuture<Void> waiting =
                    CompletableFuture.runAsync(() -> guard.enter(A).close(), threads);
            while (guard.waiting() == 0) {
                Thread.onSpinWait();
            }
            refused(() -> guard.enter(A), "query_busy");
            first.close();
            waiting.get();
        }
    }

    @Test
    void rulesDoNotWait() {
        QueryGuard guard = guard(1, 1, 0, 0);
        try (QueryGuard.Turn query = guard.enter(A);
                QueryGuard.Turn rule = guard.enterAtOnce()) {
            assertThat(query.waitedNs()).isNotNegative();
            assertThat(rule.waitedNs()).isZero();
        }
        guard.enter(A).close();
    }

    @Test
    void samplesOfAllQueriesAreCountedTogetherAndGivenBack() {
        QueryGuard guard = guard(4, 4, 0, 0);
        try (QueryGuard.Turn large = guard.enter(A)) {
            large.reserve(900_000);
            try (QueryGuard.Turn other = guard.enter(B)) {
                other.reserve(10_000);
                refused(() -> other.reserve(200_000), "query_memory");
            }
        }
        assertThat(guard.samples()).isZero();
    }

    @Test
    void smallQueriesGoOnWhateverLargeOnesHold() {
        QueryGuard guard = guard(4, 4, 0, 0);
        try (QueryGuard.Turn large = guard.enter(A);
                QueryGuard.Turn small = guard.enter(B)) {
            large.reserve(1_000_000);
            small.reserve(5_000);
            refused(() -> small.reserve(10_000), "query_memory");
        }
        assertThat(guard.samples()).isZero();
    }
}

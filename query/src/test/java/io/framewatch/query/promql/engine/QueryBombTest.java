package io.framewatch.query.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.store.MetricStore;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries made to hurt: each ends with a clear fault within its limits, and holds nothing after.
@Timeout(60)
final class QueryBombTest {

    private static final Tenant TENANT = Tenant.DEFAULT;
    private static final long END_MS = 1_800_000_000_000L;
    private static final long YEAR_MS = 365L * 86_400_000;
    private static final int SERIES = 2_000;
    private static final int SAMPLES = 240;
    private static final Set<String> ENDS =
            Set.of("query_limit", "query_timeout", "query_memory", "query_range");

    private final QueryGuard guard =
            new QueryGuard(new QueryGuard.Limits(20, 20, 20, 1_000, 4_000_000), Clock.system());
    private final QueryContext context =
            QueryContext.of(new QueryLimits(500_000, 50_000_000, 11_000, 1_500));
    private final MetricStore store = new InMemoryMetricStore(MemoryLimits.UNLIMITED);
    private final PromqlEngine engine =
            new PromqlEngine(store, PromqlOptions.DEFAULT, guard, Clock.system());

    @BeforeEach
    void load() {
        SampleBatch batch = new SampleBatch(TENANT, SERIES * SAMPLES);
        for (int i = 0; i < SERIES; i++) {
            Labels labels = Labels.of("__name__", "bomb_total", "n", "value-" + i);
            Series series = store.series(TENANT, labels);
            for (int at = 0; at < SAMPLES; at++) {
                batch.add(series, END_MS - at * 15_000L, at);
            }
        }
        store.append(batch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{__name__=~\".+\"}",
                "rate({__name__=~\".+\"}[1h])",
                "sum by (n) (quantile_over_time(0.5, {__name__=~\".+\"}[1h]))",
                "max_over_time(sum_over_time(sum_over_time(bomb_total[1h:1s])[1h:1s])[1d:1s])",
                "sum_over_time(rate(bomb_total[5m])[1y:1ms])",
                "bomb_total * on () group_left () (bomb_total or bomb_total)",
                "count_values(\"v\", bomb_total * on (n) bomb_total + time())",
            })
    void aYearInElevenThousandStepsEndsInAFault(String query) {
        FaultException end =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                engine.range(
                                        TENANT,
                                        query,
                                        END_MS - YEAR_MS,
                                        END_MS,
                                        YEAR_MS / 10_999,
                                        context));
        if (end != null) { // one that found little to do may as well end with its answer
            assertThat(end.fault().code()).isIn(ENDS);
        }
        assertThat(guard.samples()).isZero();
        assertThat(guard.running()).isZero();
    }

    @Test
    void aMillionStepsAreRefusedBeforeAnythingIsRead() {
        FaultException end =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                engine.range(
                                        TENANT,
                                        "bomb_total",
                                        END_MS - 1_000_000_000,
                                        END_MS,
                                        1_000,
                                        context));
        assertThat(end.fault().code()).isEqualTo("query_range");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bomb_total{n=~\"(a+)+$\"}",
                "bomb_total{n=~\"(.*)*(.*)*(.*)*x\"}",
                "bomb_total{n!~\"((((.*a)*b)*c)*d)*\"}",
                "label_replace(bomb_total, \"x\", \"$1\", \"n\", \"(v?a?l?u?e?-?)*(.*)(.*)(.*)\")",
            })
    void catastrophicPatternsTakeLinearTime(String query) {
        assertThat(engine.instant(TENANT, query, END_MS, context).value()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{100}){100}){100}", "((x{1000}){1000}){1000}", "a{2000}"})
    void repetitionsThatMultiplyAreRefused(String pattern) {
        FaultException end =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                engine.instant(
                                        TENANT,
                                        "bomb_total{n=~\"" + pattern + "\"}",
                                        END_MS,
                                        context));
        assertThat(end).isNotNull();
    }

    @Test
    void hugeAlternationsAreAnsweredOrRefused() {
        StringBuilder some = new StringBuilder("value-0");
        for (int i = 1; some.length() < 16_000; i++) {
            some.append("|value-").append(i);
        }
        String query = "count(bomb_total{n=~\"" + some + "\"})";
        QueryContext patient =
                QueryContext.of(new QueryLimits(500_000, 50_000_000, 11_000, 30_000));
        assertThat(engine.instant(TENANT, query, END_MS, patient).value()).isNotNull();
        FaultException end =
                catchThrowableOfType(
                        FaultException.class,
                        () ->
                                engine.instant(
                                        TENANT,
                                        "bomb_total{n=~\"" + some + "|" + some + "\"}",
                                        END_MS,
                                        context));
        assertThat(end).hasMessageContaining("16384");
    }

    /// With only as many carriers as processors, what waits in virtual threads must not wait for
    /// what computes.
    @Test
    void moreBombsThanProcessorsLeaveVirtualThreadsAlone() throws InterruptedException {
        String slow = "sum_over_time(quantile_over_time(0.9, bomb_total[1h])[1h:1s])";
        int many = 2 * Runtime.getRuntime().availableProcessors() + 2;
        QueryGuard wide =
                new QueryGuard(
                        new QueryGuard.Limits(100, 100, 100, 1_000, Long.MAX_VALUE / 2),
                        Clock.system());
        PromqlEngine own = new PromqlEngine(store, PromqlOptions.DEFAULT, wide, Clock.system());
        QueryContext longer = QueryContext.of(new QueryLimits(500_000, 50_000_000, 11_000, 4_000));
        List<Thread> bombs = new ArrayList<>();
        Queue<String> ends = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < many; i++) {
            Runnable bomb =
                    () -> {
                        FaultException end =
                                catchThrowableOfType(
                                        FaultException.class,
                                        () -> own.instant(TENANT, slow, END_MS, longer));
                        if (end != null) {
                            ends.add(end.fault().code());
                        }
                    };
            bombs.add(Thread.startVirtualThread(bomb));
        }
        while (wide.running() < many) {
            Thread.onSpinWait();
        }
        AtomicInteger runningThen = new AtomicInteger();
        Thread.startVirtualThread(() -> runningThen.set(wide.running())).join();
        assertThat(runningThen.get()).isEqualTo(many);
        for (Thread bomb : bombs) {
            bomb.join();
        }
        assertThat(ends).hasSize(many).containsOnly("query_timeout");
        assertThat(wide.running()).isZero();
    }

    @Test
    void othersGoOnMeanwhile() throws InterruptedException {
        String slow = "sum_over_time(quantile_over_time(0.9, bomb_total[1h])[1h:1s])";
        AtomicReference<FaultException> end = new AtomicReference<>();
        Thread bomb =
                Thread.ofVirtual()
                        .start(() ->
                                end.set(
                                        catchThrowableOfType(
                                                FaultException.class,
                                                () ->
                                                        engine.instant(
                                                                TENANT, slow, END_MS, context))));
        while (guard.running() == 0) {
            Thread.onSpinWait();
        }
        int answered = 0;
        do {
            engine.instant(TENANT, "bomb_total{n=\"value-7\"}", END_MS, context);
            answered++;
        } while (bomb.isAlive());
        bomb.join();
        assertThat(answered).isPositive();
        assertThat(end.get().fault().code()).isIn(ENDS);
    }
}

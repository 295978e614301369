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
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.query.promqltest.DurableStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queries made to hurt, eight at a time, where the storage engine answers: each ends with a clear
/// fault, or its answer, soon after its time is over, and small questions go on meanwhile.
@Timeout(180)
final class EngineBombTest {

    private static final long END_MS = 1_800_000_000_000L;
    private static final long YEAR_MS = 365L * 86_400_000;
    private static final int SERIES = 2_000;
    private static final int SAMPLES = 240;
    private static final int AT_ONCE = 8;
    private static final long TIMEOUT_MS = 1_500;

    /// How long a bomb may take, for engine and evaluator to notice that its time is over, also on
    /// a machine with other work.
    private static final long END_NS = 90_000_000_000L;

    private static final Set<String> ENDS =
            Set.of("query_limit", "query_timeout", "query_memory", "query_range", "engine_busy");

    private static final List<String> BOMBS =
            List.of(
                    "{__name__=~\".+\"}",
                    "rate({__name__=~\".+\"}[1h])",
                    "sum by (n) (quantile_over_time(0.5, {__name__=~\".+\"}[1y]))",
                    "max_over_time(sum_over_time(sum_over_time(bomb_total[1h:1s])[1h:1s])[1d:1s])",
                    "sum_over_time(rate(bomb_total[5m])[1y:1ms])",
                    "sum_over_time({__name__=~\".+\",n=~\"(v?a?l?u?e?-?)*(.*)(.*)*7\"}[1y])",
                    "count_values(\"v\", bomb_total * on (n) bomb_total + time())",
                    "bomb_total{n!~\"((((.*a)*b)*c)*d)*\"}");

    @TempDir private Path folder;

    private final QueryGuard guard =
            new QueryGuard(new QueryGuard.Limits(20, 20, 20, 1_000, 4_000_000), Clock.system());
    private final Clock clock = Clock.system();
    private final QueryContext small = QueryContext.defaults();
    private DurableStores stores;
    private Tenant tenant;
    private PromqlEngine engine;

    @BeforeEach
    void load() throws IOException {
        stores = new DurableStores(folder, DurableStores.ALL_ENGINE_MS);
        tenant = stores.tenant();
        engine = new PromqlEngine(stores.store(), PromqlOptions.DEFAULT, guard, Clock.system());
        SampleBatch batch = new SampleBatch(tenant, SERIES * SAMPLES);
        for (int i = 0; i < SERIES; i++) {
            Labels labels = Labels.of("__name__", "bomb_total", "n", "value-" + i);
            Series series = stores.store().series(tenant, labels);
            for (int at = 0; at < SAMPLES; at++) {
                batch.add(series, END_MS - at * 15_000L, at);
            }
        }
        stores.store().append(batch);
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private Value ask() {
        return engine.instant(tenant, "bomb_total{n=\"value-7\"}", END_MS, small).value();
    }

    /// What a bomb came to: null where it was answered.
    private FaultException explode(String query) {
        QueryContext context =
                QueryContext.of(new QueryLimits(500_000, 50_000_000, 11_000, TIMEOUT_MS));
        return catchThrowableOfType(
                FaultException.class,
                () ->
                        engine.range(
                                tenant,
                                query,
                                END_MS - YEAR_MS,
                                END_MS,
                                YEAR_MS / 10_999,
                                context));
    }

    @Test
    void smallQuestionsGoOnAmongEightBombs() throws Exception {
        Value wanted = ask();
        assertThat(((VectorValue) wanted).samples()).hasSize(1);
        long begun = clock.nanoTime();
        int answered = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<FaultException>> bombs = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                String query = BOMBS.get(i % BOMBS.size());
                bombs.add(threads.submit(() -> explode(query)));
            }
            while (bombs.stream().anyMatch(bomb -> !bomb.isDone())) {
                assertThat(ask()).isEqualTo(wanted);
                answered++;
            }
            for (Future<FaultException> bomb : bombs) {
                FaultException end = bomb.get();
                if (end != null) {
                    assertThat(end.fault().code()).isIn(ENDS);
                }
            }
        }
        assertThat(answered).isPositive();
        assertThat(clock.nanoTime() - begun).isLessThan(END_NS);
        assertThat(guard.samples()).isZero();
        assertThat(guard.running()).isZero();
        assertThat(ask()).isEqualTo(wanted);
    }
}

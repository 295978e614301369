package io.framewatch.query.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromqlEngineTest {

    private final InMemoryMetricStore store = new InMemoryMetricStore(MemoryLimits.UNLIMITED);
    private final ManualClock clock = new ManualClock(0);
    private final PromqlEngine engine = new PromqlEngine(store, PromqlOptions.DEFAULT, clock);

    private void load(Tenant tenant, Labels labels, double... values) {
        SampleBatch batch = new SampleBatch(tenant, values.length);
        for (int i = 0; i < values.length; i++) {
            batch.add(store.series(tenant, labels), i * 10_000L, values[i]);
        }
        store.append(batch);
    }

    private Value instant(String query, long timeMs) {
        return engine.instant(Tenant.DEFAULT, query, timeMs, QueryContext.defaults()).value();
    }

    @Test
    void ratesAreSummedByLabel() {
        load(Tenant.DEFAULT, Labels.of("__name__", "x_total", "i", "a"), 0, 10, 20, 30, 40, 50, 60);
        load(
                Tenant.DEFAULT,
                Labels.of("__name__", "x_total", "i", "b"),
                0,
                20,
                40,
                60,
                80,
                100,
                120);
        assertThat(instant("sum(rate(x_total[1m]))", 60_000))
                .isEqualTo(
                        new VectorValue(List.of(new VectorSample(Labels.EMPTY, 60_000, 3, null))));
    }

    @Test
    void aRangeQueryHasOneSamplePerStep() {
        load(Tenant.DEFAULT, Labels.of("__name__", "x"), 1, 2, 3);
        Value value =
                engine.range(Tenant.DEFAULT, "x * 2", 0, 20_000, 10_000, QueryContext.defaults())
                        .value();
        SeriesSamples series = ((MatrixValue) value).series().getFirst();
        assertThat(series.values()).containsExactly(2, 4, 6);
        assertThat(series.timestampsMs()).containsExactly(0, 10_000, 20_000);
        assertThat(series.labels()).isEqualTo(Labels.EMPTY);
    }

    @Test
    void aTenantSeesNothingOfAnother() {
        load(new Tenant("other"), Labels.of("__name__", "x"), 1);
        assertThat(instant("x", 0)).isEqualTo(new VectorValue(List.of()));
    }

    @Test
    void tooManyStepsAreRefused() {
        assertThatThrownBy(() ->
                        engine.range(
                                Tenant.DEFAULT, "x", 0, 11_000_000, 1000, QueryContext.defaults()))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("exceeded maximum resolution of 11000 points");
    }

    @Test
    void tooManySamplesAreRefused() {
        load(Tenant.DEFAULT, Labels.of("__name__", "x"), 1, 2, 3, 4);
        QueryContext small = QueryContext.of(new QueryLimits(10, 3, 11_000, 1000));
        assertThatThrownBy(() -> engine.instant(Tenant.DEFAULT, "rate(x[5m])", 30_000, small))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("too many samples");
    }

    @Test
    void aCancelledQueryStops() {
        QueryContext context = QueryContext.defaults();
        context.cancel();
        assertThatThrownBy(() -> engine.instant(Tenant.DEFAULT, "x", 0, context))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("cancelled");
    }

    @Test
    void aQueryOutOfTimeStops() {
        QueryContext context = QueryContext.defaults().withTimeout(Duration.ofMillis(-1));
        assertThatThrownBy(() -> engine.instant(Tenant.DEFAULT, "x", 0, context))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("ran longer");
    }

    @Test
    void lookbackCanBeSetPerQuery() {
        load(Tenant.DEFAULT, Labels.of("__name__", "x"), 1);
        QueryContext context = QueryContext.defaults().withLookback(Duration.ofSeconds(10));
        assertThat(engine.instant(Tenant.DEFAULT, "x", 9_999, context).value())
                .isEqualTo(
                        new VectorValue(
                                List.of(
                                        new VectorSample(
                                                Labels.of("__name__", "x"), 9_999, 1, null))));
        assertThat(engine.instant(Tenant.DEFAULT, "x", 10_000, context).value())
                .isEqualTo(new VectorValue(List.of()));
    }
}

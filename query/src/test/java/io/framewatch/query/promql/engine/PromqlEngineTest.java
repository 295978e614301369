package io.framewatch.query.promql.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.query.promql.MatrixValue;
import io.framewatch.query.promql.PromqlOptions;
import io.framewatch.query.promql.QueryContext;
import io.framewatch.query.promql.QueryLimits;
import io.framewatch.query.promql.QueryResult;
import io.framewatch.query.promql.Value;
import io.framewatch.query.promql.VectorSample;
import io.framewatch.query.promql.VectorValue;
import io.framewatch.store.SeriesSamples;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .hasMessageContaining("canceled");
    }

    @Test
    void aQueryOutOfTimeStops() {
        QueryContext context = QueryContext.defaults().withTimeout(Duration.ofMillis(-1));
        assertThatThrownBy(() -> engine.instant(Tenant.DEFAULT, "x", 0, context))
                .isInstanceOf(FaultException.class)
                .hasMessageContaining("took longer");
    }

    private void everyTenSeconds(String name, int series) {
        double[] values = new double[101];
        for (int i = 0; i < series; i++) {
            load(Tenant.DEFAULT, Labels.of("__name__", name, "n", "" + i), values);
        }
    }

    /// The numbers that Prometheus 3 tells.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "42; 21; 0",
                "one; 21; 1",
                "timestamp(one); 21; 1",
                "three; 21; 3",
                "one[60s]; 201; 6",
                "max_over_time(one[60s]); 201; 6",
                "max_over_time(one[60s] @ 30); 201; 4",
                "max_over_time(one[60s])[20s:5s]; 201; 24",
                "max_over_time(one[60s:5s]); 201; 12",
                "sum(max_over_time(three[60s:5s])); 201; 36",
                "sum by (n) (one) / sum(three); 201; 4",
                "hist; 21; 13",
            })
    void samplesAreCountedAsPrometheusDoes(String query, long timeS, long samples) {
        everyTenSeconds("one", 1);
        everyTenSeconds("three", 3);
        loadHistogram();
        QueryContext context = QueryContext.defaults().withStepCounts();
        QueryResult result = engine.instant(Tenant.DEFAULT, query, timeS * 1000, context);
        assertThat(result.stats().stepSamples().counts()).containsExactly(samples);
    }

    private void loadHistogram() {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(
                store.series(Tenant.DEFAULT, Labels.of("__name__", "hist")),
                20_000,
                new NativeHistogram(
                        NativeHistogram.ResetHint.UNKNOWN,
                        1,
                        0,
                        0,
                        5,
                        20,
                        new NativeHistogram.Span[] {new NativeHistogram.Span(0, 4)},
                        new double[] {1, 2, 1, 1},
                        new NativeHistogram.Span[0],
                        new double[0],
                        new double[0]));
        store.append(batch);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "one; 1 1 1 1",
                "sum_over_time(three[15s]); 6 3 6 3",
                "max_over_time(one[60s] @ 30); 4 4 4 4",
                "max_over_time(one[10s:5s]); 2 2 2 2",
            })
    void samplesAreCountedStepByStep(String query, String samples) {
        everyTenSeconds("one", 1);
        everyTenSeconds("three", 3);
        QueryContext context = QueryContext.defaults().withStepCounts();
        QueryResult result = engine.range(Tenant.DEFAULT, query, 201_000, 216_000, 5_000, context);
        long[] wanted = Arrays.stream(samples.split(" ")).mapToLong(Long::parseLong).toArray();
        assertThat(result.stats().stepSamples().counts()).containsExactly(wanted);
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

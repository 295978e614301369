package io.framewatch.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.model.TimeRange;
import io.framewatch.store.MetricStore;
import io.framewatch.store.MetricStoreContract;
import io.framewatch.store.SelectLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InMemoryMetricStoreTest implements MetricStoreContract {

    @Override
    public long baseMs() {
        return 1_800_000_000_000L;
    }

    @Override
    public MetricStore newStore() {
        return new InMemoryMetricStore();
    }

    private static void append(MetricStore store, Labels labels, long timestampMs) {
        SampleBatch batch = new SampleBatch(Tenant.DEFAULT, 1);
        batch.add(store.series(Tenant.DEFAULT, labels), timestampMs, 1);
        store.append(batch);
    }

    @Test
    void forgetsSeriesThatTheRetentionNoLongerCovers() {
        try (MetricStore store =
                new InMemoryMetricStore(new MemoryLimits(10, Duration.ofMinutes(10), 1_000_000))) {
            append(store, Labels.of("__name__", "old"), 0);
            append(store, Labels.of("__name__", "kept"), Duration.ofMinutes(9).toMillis());
            append(store, Labels.of("__name__", "new"), Duration.ofMinutes(15).toMillis());
            assertThat(store.select(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT))
                    .extracting(s -> s.labels().metricName())
                    .containsExactly("kept", "new");
            assertThat(store.activeSeries(Tenant.DEFAULT)).isEqualTo(2);
        }
    }

    @Test
    void givesUpOldSamplesUnderMemoryPressure() {
        try (InMemoryMetricStore store =
                new InMemoryMetricStore(new MemoryLimits(10, Duration.ofMinutes(10), 100))) {
            for (int i = 0; i < 590; i++) {
                append(store, Labels.of("__name__", "m"), i * 1000L);
            }
            int held =
                    store.select(Tenant.DEFAULT, List.of(), TimeRange.ALL, SelectLimits.DEFAULT)
                            .getFirst()
                            .size();
            assertThat(held).isLessThanOrEqualTo(100);
            assertThat(held).isPositive();
        }
    }

    @Test
    void refusesASeriesTooMany() {
        try (MetricStore store =
                new InMemoryMetricStore(new MemoryLimits(1, Duration.ofMinutes(10), 100))) {
            store.series(Tenant.DEFAULT, Labels.of("__name__", "one"));
            assertThatThrownBy(() -> store.series(Tenant.DEFAULT, Labels.of("__name__", "two")))
                    .isInstanceOfSatisfying(
                            FaultException.class,
                            e -> assertThat(e.fault().code()).isEqualTo("series_limit"));
        }
    }
}

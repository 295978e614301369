package io.framewatch.store.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.SeriesLimits;
import io.framewatch.store.memory.InMemoryMetricStore;
import io.framewatch.store.memory.MemoryLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CappedMetricsTest {

    private static final SeriesLimits LIMITS = new SeriesLimits(3, 4, 10, 20);
    private static final Tenant TENANT = Tenant.DEFAULT;

    private final List<String> log = new ArrayList<>();
    private final InMemoryMetricStore store =
            new InMemoryMetricStore(
                    new MemoryLimits(100, Duration.ofMinutes(10), 1_000, LIMITS), log::add);

    private Series series(String metric, int number) {
        return store.series(TENANT, Labels.of("__name__", metric, "n", "v" + number));
    }

    private void refused(String code, Labels labels) {
        assertThatThrownBy(() -> store.series(TENANT, labels))
                .isInstanceOfSatisfying(
                        FaultException.class, e -> assertThat(e.fault().code()).isEqualTo(code));
    }

    @Test
    void aMetricThatExplodesIsCappedAndNamedAndTheRestGoesOn() {
        for (int i = 0; i < 3; i++) {
            series("m", i);
        }
        for (int i = 3; i < 10; i++) {
            refused("series_limit", Labels.of("__name__", "m", "n", "v" + i));
        }
        assertThat(store.cappedMetrics(TENANT)).isEqualTo(Map.of("m", 7L));
        assertThat(log).singleElement().asString().contains("Metric m of tenant default", "3");
        assertThat(series("m", 1).labels().get("n")).isEqualTo("v1");
        assertThat(series("other", 1).labels().metricName()).isEqualTo("other");
    }

    @Test
    void anotherTenantHasItsOwnCount() {
        for (int i = 0; i < 3; i++) {
            series("m", i);
        }
        Tenant other = new Tenant("other");
        Series own = store.series(other, Labels.of("__name__", "m", "n", "new"));
        assertThat(own.tenant()).isEqualTo(other);
        assertThat(store.cappedMetrics(other)).isEmpty();
    }

    @Test
    void whatHasRoomAgainIsNotCappedAnyMore() {
        SampleBatch batch = new SampleBatch(TENANT, 1);
        for (int i = 0; i < 3; i++) {
            batch.add(series("m", i), 1_000L, 1);
        }
        store.append(batch);
        refused("series_limit", Labels.of("__name__", "m", "n", "new"));
        batch.clear();
        for (int minute = 1; minute < 60; minute++) {
            batch.add(series("clock", 0), minute * 60_000L, 1);
        }
        store.append(batch);
        assertThat(store.cappedMetrics(TENANT)).isEmpty();
        assertThat(series("m", 9).labels().get("n")).isEqualTo("v9");
    }

    @Test
    void aForgottenSeriesOfACappedMetricLeavesTheRestOfItsBatch() {
        Series forgotten = series("m", 0);
        SampleBatch batch = new SampleBatch(TENANT, 2);
        batch.add(forgotten, 1_000L, 1);
        store.append(batch);
        batch.clear();
        for (int minute = 1; minute < 60; minute++) {
            batch.add(series("clock", 0), minute * 60_000L, 1);
        }
        store.append(batch);
        for (int i = 1; i < 4; i++) {
            series("m", i);
        }
        batch.clear();
        batch.add(forgotten, 3_600_000L, 1);
        batch.add(series("clock", 0), 3_600_000L, 1);
        assertThat(store.append(batch)).isEqualTo(new AppendResult(1, 0, 0, 0, 1));
    }

    @Test
    void labelsBeyondTheLimitsAreRefused() {
        refused("label_limit", Labels.of("__name__", "m", "a", "1", "b", "2", "c", "3", "d", "4"));
        refused("label_limit", Labels.of("__name__", "m", "a-name-too-long", "1"));
        refused("label_limit", Labels.of("__name__", "m", "a", "a value that is too long"));
        assertThat(store.cappedMetrics(TENANT)).isEmpty();
    }
}

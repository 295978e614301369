package io.framewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SampleBatchTest {

    private static final Series OLD = new Series(Tenant.DEFAULT, 1, Labels.of("__name__", "old"));

    @Test
    void memoryIsTakenOverAndNothingElse() {
        Tenant other = new Tenant("other");
        SampleBatch spent = new SampleBatch(Tenant.DEFAULT, 20);
        spent.add(OLD, 1, 1);
        spent.startTimestampMs(7);
        spent.setPatient();
        spent.whenVisible(() -> {});
        SampleBatch fresh = new SampleBatch(other, spent);
        assertThat(fresh.capacity()).isEqualTo(20);
        assertThat(fresh.size()).isZero();
        assertThat(fresh.tenant()).isEqualTo(other);
        assertThat(fresh.isPatient()).isFalse();
        assertThat(fresh.tellsVisible()).isFalse();
        Series series = new Series(other, 2, Labels.of("__name__", "new"));
        for (int i = 0; i < 50; i++) {
            fresh.add(series, i, i / 2.0);
        }
        assertThat(fresh.series(49)).isSameAs(series);
        assertThat(fresh.timestampMs(49)).isEqualTo(49);
        assertThat(fresh.value(0)).isZero();
        assertThat(fresh.startTimestampMs(0)).isEqualTo(SampleBatch.NO_START);
    }

    @Test
    void whatIsSpentTakesNothingMore() {
        SampleBatch spent = new SampleBatch(Tenant.DEFAULT, 20);
        assertThat(new SampleBatch(Tenant.DEFAULT, spent).size()).isZero();
        assertThatThrownBy(() -> spent.add(OLD, 1, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}

package io.framewatch.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What is counted of calls, before and after the other has answered.
class CountedClickHouseTest {

    private final AtomicBoolean up = new AtomicBoolean();
    private final FakeClickHouse engine = new FakeClickHouse();

    private void insert(ClickHouse clickHouse, long number) {
        clickHouse.insert("t", new NativeBlock(1, java.util.List.of()), "q-" + number);
    }

    @Test
    void aCallBeforeTheFirstAnswerIsPartOfTheStart() {
        engine.watch(_ -> {
            if (!up.get()) {
                throw FakeClickHouse.gone();
            }
        });
        CountedClickHouse counted = new CountedClickHouse(engine, Clock.system());
        assertThatThrownBy(() -> insert(counted, 1)).isInstanceOf(FaultException.class);
        assertThat(counted.stats().errors()).containsOnly(java.util.Map.entry("starting", 1L));

        up.set(true);
        insert(counted, 2);
        up.set(false);
        assertThatThrownBy(() -> insert(counted, 3)).isInstanceOf(FaultException.class);
        assertThat(counted.stats().errors())
                .containsOnly(java.util.Map.entry("starting", 1L), java.util.Map.entry("gone", 1L));
        assertThat(counted.stats().inserts()).isEqualTo(3);
    }

    @Test
    void aServerThatNeverAnswersIsStartingForTwoMinutesOnly() {
        engine.watch(_ -> {
            throw FakeClickHouse.gone();
        });
        ManualClock clock = new ManualClock(1_000);
        CountedClickHouse counted = new CountedClickHouse(engine, clock);
        clock.advance(CountedClickHouse.STARTING_MAX);
        assertThatThrownBy(() -> insert(counted, 1)).isInstanceOf(FaultException.class);
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> insert(counted, 2)).isInstanceOf(FaultException.class);
        assertThat(counted.stats().errors())
                .containsOnly(java.util.Map.entry("starting", 1L), java.util.Map.entry("gone", 1L));
    }
}

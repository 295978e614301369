package io.framewatch.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import io.framewatch.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TroubleTest {

    private final List<String> lines = new ArrayList<>();
    private final ManualClock clock = new ManualClock(0);
    private final Trouble trouble = new Trouble(clock, lines::add);
    private final RuntimeException away = new IllegalStateException("the engine is away");

    @Test
    void anEngineThatStartsIsNoNews() {
        fail(4, Duration.ofSeconds(1));
        trouble.over();
        assertThat(lines).isEmpty();
    }

    @Test
    void lastingTroubleIsToldSeldomAndItsEndOnce() {
        fail(100, Duration.ofSeconds(1));
        assertThat(lines)
                .containsExactly(
                        "flushing has failed for 5 s and is tried again: the engine is away",
                        "flushing has failed for 65 s and is tried again: the engine is away");
        trouble.over();
        trouble.over();
        assertThat(lines).hasSize(3).last().isEqualTo("flushing works again after 100 s");
    }

    @Test
    void theTimeOfCallsThatFailCounts() {
        trouble.goesOn(away);
        clock.advance(Duration.ofMillis(100));
        clock.advance(Duration.ofSeconds(30));
        trouble.goesOn(away);
        assertThat(lines)
                .containsExactly(
                        "flushing has failed for 30 s and is tried again: the engine is away");
    }

    private void fail(int times, Duration pause) {
        for (int i = 0; i < times; i++) {
            trouble.goesOn(away);
            clock.advance(pause);
        }
    }
}

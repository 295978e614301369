package io.framewatch.store.flush;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlushReachTest {

    private record Waiting(long sequence, long oldestMs) {}

    @Test
    void reachesBackToTheOldestOfWhatWaits() {
        Random random = new Random(5);
        FlushReach reach = new FlushReach();
        List<Waiting> waiting = new ArrayList<>();
        long flushed = 0;
        for (int i = 1; i <= 900; i++) {
            long ms = 10L * i + random.nextInt(60) - (random.nextInt(40) == 0 ? 5_000 : 0);
            reach.appended(i, ms);
            waiting.add(new Waiting(i, ms));
            if (random.nextInt(10) == 0) {
                flushed += random.nextInt((int) (i - flushed) + 1);
                reach.flushed(flushed);
            }
            long done = flushed;
            waiting.removeIf(one -> one.sequence() <= done);
            long oldest =
                    waiting.stream().mapToLong(Waiting::oldestMs).min().orElse(Long.MAX_VALUE);
            if (waiting.isEmpty()) {
                assertThat(reach.reachesBackTo(Long.MAX_VALUE)).isFalse();
            } else {
                assertThat(reach.reachesBackTo(oldest)).isTrue();
                assertThat(reach.reachesBackTo(oldest - 1)).isFalse();
            }
        }
    }

    @Test
    void neverForgetsHowFarBackItReachesHoweverMuchWaits() {
        FlushReach reach = new FlushReach();
        for (int i = 1; i <= 5_000; i++) {
            reach.appended(i, i);
        }
        for (int i = 1; i < 5_000; i++) {
            reach.flushed(i);
            assertThat(reach.reachesBackTo(i + 1)).isTrue();
        }
        reach.flushed(5_000);
        assertThat(reach.reachesBackTo(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void whatWasFlushedBeforeItWasToldDoesNotWait() {
        FlushReach reach = new FlushReach();
        reach.flushed(7);
        reach.appended(7, 1);
        assertThat(reach.reachesBackTo(Long.MAX_VALUE)).isFalse();
    }
}

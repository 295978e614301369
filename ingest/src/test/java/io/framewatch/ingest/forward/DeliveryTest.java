package io.framewatch.ingest.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Lanes of a round under way at once.
final class DeliveryTest {

    private static String text(Outlet.Load load) {
        return new String(load.body(), StandardCharsets.UTF_8);
    }

    private static List<Deque<Outlet.Load>> lanes(int count, int each) {
        List<Deque<Outlet.Load>> lanes = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            Deque<Outlet.Load> loads = new ArrayDeque<>();
            for (int i = 0; i < each; i++) {
                byte[] body = (lane + "/" + i).getBytes(StandardCharsets.UTF_8);
                loads.add(new Outlet.Load(Map.of(), body, 1));
            }
            lanes.add(loads);
        }
        return lanes;
    }

    @Test
    void lanesGoAtOnceAndEachInItsOrder() throws Exception {
        List<String> sent = Collections.synchronizedList(new ArrayList<>());
        CyclicBarrier together = new CyclicBarrier(3);
        Delivery.Carrier carrier =
                load -> {
                    meet(together);
                    return sent.add(text(load));
                };
        assertThat(new Delivery(carrier, 3).all(lanes(3, 4))).isTrue();
        for (int lane = 0; lane < 3; lane++) {
            String of = lane + "/";
            assertThat(sent.stream().filter(one -> one.startsWith(of)))
                    .containsExactly(of + 0, of + 1, of + 2, of + 3);
        }
    }

    private static void meet(CyclicBarrier together) throws InterruptedException {
        try {
            together.await(20, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("so many were never under way together", e);
        }
    }

    @Test
    void noMoreThanAllowedAreUnderWay() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(2);
        Delivery.Carrier carrier =
                load -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    meet(together);
                    return now.decrementAndGet() >= 0;
                };
        assertThat(new Delivery(carrier, 2).all(lanes(20, 5))).isTrue();
        assertThat(most.get()).isEqualTo(2);
    }

    @Test
    void whatIsUndecidedStaysAndIsSentTheNextTime() throws Exception {
        List<Deque<Outlet.Load>> lanes = lanes(2, 2);
        assertThat(new Delivery(load -> !text(load).equals("1/1"), 2).all(lanes)).isFalse();
        List<String> again = Collections.synchronizedList(new ArrayList<>());
        assertThat(new Delivery(load -> again.add(text(load)), 2).all(lanes)).isTrue();
        assertThat(again).contains("1/1").doesNotContain("1/0");
    }

    @Test
    void aFailureIsThrownWhenTheOthersAreThrough() {
        List<Deque<Outlet.Load>> lanes = lanes(3, 1);
        Delivery.Carrier carrier =
                load -> {
                    if (text(load).equals("1/0")) {
                        throw new IllegalStateException("defect");
                    }
                    return true;
                };
        assertThatThrownBy(() -> new Delivery(carrier, 3).all(lanes)).hasMessage("defect");
        assertThat(lanes.get(1)).hasSize(1);
        assertThat(lanes.get(0)).isEmpty();
        assertThat(lanes.get(2)).isEmpty();
    }
}

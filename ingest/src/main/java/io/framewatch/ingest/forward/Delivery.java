package io.framewatch.ingest.forward;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends the lanes of a round, several at once. A request leaves its lane when it is decided. Used
/// by one thread at a time.
///
/// @param carrier sends one request
/// @param atOnceMax most requests under way at once
record Delivery(Carrier carrier, int atOnceMax) {

    /// Sends one request.
    @FunctionalInterface
    interface Carrier {

        /// Sends until it is decided; false if it had to end undecided.
        boolean bring(Outlet.Load load) throws InterruptedException;
    }

    /// Sends all; false if some are left undecided in their lanes. Throws what a request failed
    /// with, when the others are through.
    boolean all(List<Deque<Outlet.Load>> lanes) throws InterruptedException {
        List<Deque<Outlet.Load>> open = lanes.stream().filter(lane -> !lane.isEmpty()).toList();
        int threads = Math.min(atOnceMax, open.size());
        if (threads <= 1) {
            for (Deque<Outlet.Load> lane : open) {
                if (!bring(lane)) {
                    return false;
                }
            }
            return true;
        }
        several(open, threads);
        return open.stream().allMatch(Deque::isEmpty);
    }

    private boolean bring(Deque<Outlet.Load> lane) throws InterruptedException {
        for (Outlet.Load load = lane.peek(); load != null; load = lane.peek()) {
            if (!carrier.bring(load)) {
                return false;
            }
            lane.remove();
        }
        return true;
    }

    private void several(List<Deque<Outlet.Load>> open, int count) throws InterruptedException {
        Queue<Deque<Outlet.Load>> lanes = new ConcurrentLinkedQueue<>(open);
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name("forward lane").start(() -> work(lanes, failure)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private void work(
            Queue<Deque<Outlet.Load>> lanes, AtomicReference<@Nullable RuntimeException> failure) {
        try {
            for (Deque<Outlet.Load> lane = lanes.poll(); lane != null; lane = lanes.poll()) {
                if (!bring(lane)) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } catch (InterruptedException e) {
            // The end: what is undecided stays in its lane.
        }
    }
}

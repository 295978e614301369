package io.framewatch.respond.notify;

import io.framewatch.model.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Deliveries on their way, at most one per channel and group: a newer one takes the place of an
/// older one that is still waiting for its next attempt. Each attempt runs on the executor, a
/// bounded number at once. Thread safe.
public final class Outbox {

    /// Most deliveries waiting.
    public static final int DELIVERIES_MAX = 10_000;

    /// Most attempts under way at once.
    public static final int SENDING_MAX = 32;

    /// One notification for one channel.
    ///
    /// @param key names channel and group
    /// @param notifier the channel
    /// @param notification what is told
    public record Delivery(String key, Notifier notifier, Notification notification) {}

    /// Hears what becomes of deliveries, from the thread that sent.
    public interface Listener {

        /// After each attempt.
        ///
        /// @param attempts attempts so far
        /// @param nextAttemptMs when it is tried again, Unix milliseconds; 0 if it is not
        void attempted(Delivery delivery, SendResult result, int attempts, long nextAttemptMs);
    }

    /// What became of [#put].
    public enum Put {
        /// It will be sent.
        ACCEPTED,
        /// An older one is being sent this moment; ask again when it is done.
        BUSY,
        /// Too much is waiting.
        FULL
    }

    private static final class Slot {
        private Delivery delivery;
        private int attempts;
        private long nextAttemptMs;
        private boolean sending;

        private Slot(Delivery delivery, long nextAttemptMs) {
            this.delivery = delivery;
            this.nextAttemptMs = nextAttemptMs;
        }
    }

    private final Clock clock;
    private final Executor executor;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Map<String, Slot> slots = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int sending;

    /// An empty outbox.
    public Outbox(Clock clock, Executor executor, Backoff backoff, RandomGenerator random) {
        this.clock = clock;
        this.executor = executor;
        this.backoff = backoff;
        this.random = random;
    }

    /// Takes a delivery; it is first tried by the next [#sendDue]. One that replaces an older one
    /// keeps its place in the backoff.
    public Put put(Delivery delivery) {
        lock.lock();
        try {
            Slot slot = slots.get(delivery.key());
            if (slot == null) {
                if (slots.size() >= DELIVERIES_MAX) {
                    return Put.FULL;
                }
                slots.put(delivery.key(), new Slot(delivery, clock.nowMs()));
                return Put.ACCEPTED;
            }
            if (slot.sending) {
                return Put.BUSY;
            }
            slot.delivery = delivery;
            return Put.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets a delivery that waits for an attempt. Returns false if it is being sent this moment.
    public boolean cancel(String key) {
        lock.lock();
        try {
            Slot slot = slots.get(key);
            if (slot != null && slot.sending) {
                return false;
            }
            slots.remove(key);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Deliveries waiting or under way.
    public int size() {
        lock.lock();
        try {
            return slots.size();
        } finally {
            lock.unlock();
        }
    }

    /// Starts an attempt for everything that is due, as far as the bound on attempts allows.
    public void sendDue(Listener listener) {
        for (Slot slot : takeDue()) {
            executor.execute(() -> attempt(slot, listener));
        }
    }

    private List<Slot> takeDue() {
        List<Slot> due = new ArrayList<>();
        lock.lock();
        try {
            long nowMs = clock.nowMs();
            for (Slot slot : slots.values()) {
                if (sending < SENDING_MAX && !slot.sending && slot.nextAttemptMs <= nowMs) {
                    slot.sending = true;
                    sending++;
                    due.add(slot);
                }
            }
        } finally {
            lock.unlock();
        }
        return due;
    }

    private void attempt(Slot slot, Listener listener) {
        Delivery delivery = slot.delivery;
        SendResult result = new SendResult.TryAgain("Sending ended with an error of its own.", 0);
        try {
            result = delivery.notifier().send(delivery.notification());
        } finally {
            finish(slot, delivery, result, listener);
        }
    }

    /// The listener hears of it before the slot is free, so that what it writes down is known to
    /// whoever asks for the slot next.
    private void finish(Slot slot, Delivery delivery, SendResult result, Listener listener) {
        int attempts = slot.attempts + 1;
        long nextAttemptMs = 0;
        if (result instanceof SendResult.TryAgain(_, long notBeforeMs)) {
            nextAttemptMs = clock.nowMs() + Math.max(backoff.waitMs(attempts, random), notBeforeMs);
        }
        try {
            listener.attempted(delivery, result, attempts, nextAttemptMs);
        } finally {
            free(slot, delivery.key(), attempts, nextAttemptMs);
        }
    }

    private void free(Slot slot, String key, int attempts, long nextAttemptMs) {
        lock.lock();
        try {
            slot.attempts = attempts;
            slot.nextAttemptMs = nextAttemptMs;
            slot.sending = false;
            sending--;
            if (nextAttemptMs == 0) {
                slots.remove(key);
            }
        } finally {
            lock.unlock();
        }
    }
}

package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Slows down those who guess passwords. Within a quarter of an hour a name may fail five times
/// from one address and a hundred times in all, and an address a hundred times; an attempt counts
/// before its password is looked at, so that many at once gain nothing. Thread safe.
final class LoginLimiter {

    static final int PAIR_MAX = 5;
    static final int NAME_MAX = 100;
    static final int ADDRESS_MAX = 100;
    private static final int KEYS_MAX = 30_000;
    private static final long WINDOW_MS = Duration.ofMinutes(15).toMillis();

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true);

    private record Failures(long sinceMs, int count) {}

    private record Limit(String key, int max) {}

    LoginLimiter(Clock clock) {
        this.clock = clock;
    }

    private static List<Limit> limits(String name, String address) {
        return List.of(
                new Limit("pair " + name + " " + address, PAIR_MAX),
                new Limit("name " + name, NAME_MAX),
                new Limit("address " + address, ADDRESS_MAX));
    }

    /// Counts an attempt. Throws `login_slow_down` if there were too many.
    void attempt(String name, String address) {
        lock.lock();
        try {
            long now = clock.nowMs();
            for (Limit limit : limits(name, address)) {
                Failures known = failures.get(limit.key);
                if (known != null && fresh(known, now) && known.count >= limit.max) {
                    throw slowDown();
                }
            }
            for (Limit limit : limits(name, address)) {
                Failures known = failures.get(limit.key);
                Failures counted =
                        known != null && fresh(known, now)
                                ? new Failures(known.sinceMs, known.count + 1)
                                : new Failures(now, 1);
                failures.put(limit.key, counted);
            }
            while (failures.size() > KEYS_MAX) {
                failures.remove(failures.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean fresh(Failures known, long nowMs) {
        return nowMs - known.sinceMs < WINDOW_MS;
    }

    private static FaultException slowDown() {
        return new FaultException(
                Fault.later(
                        "login_slow_down",
                        "There were too many failed logins.",
                        "Try again in a quarter of an hour."));
    }

    /// Takes back what a successful attempt counted.
    void succeeded(String name, String address) {
        lock.lock();
        try {
            failures.remove(limits(name, address).getFirst().key);
            for (Limit limit : limits(name, address)) {
                failures.computeIfPresent(
                        limit.key,
                        (_, known) -> new Failures(known.sinceMs, Math.max(0, known.count - 1)));
            }
        } finally {
            lock.unlock();
        }
    }
}

package io.framewatch.server.access.oidc;

import io.framewatch.model.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Logins that were sent to the provider and not come back, each by its `state`, each good once and
/// for ten minutes; beyond ten thousand the oldest gives way. Thread safe.
final class PendingLogins {

    private static final int PENDING_MAX = 10_000;
    private static final long VALID_MS = Duration.ofMinutes(10).toMillis();

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Pending> byState = new LinkedHashMap<>();

    /// A login under way.
    ///
    /// @param browser secret in a cookie of the browser that began it
    /// @param nonce what the ID token has to carry
    /// @param verifier what the code is to be redeemed with
    /// @param next the page to show then
    /// @param untilMs until when it is good, Unix milliseconds
    record Pending(String browser, String nonce, String verifier, String next, long untilMs) {}

    PendingLogins(Clock clock) {
        this.clock = clock;
    }

    void add(String state, String browser, String nonce, String verifier, String next) {
        lock.lock();
        try {
            if (byState.size() >= PENDING_MAX) {
                byState.remove(byState.keySet().iterator().next());
            }
            long until = clock.nowMs() + VALID_MS;
            byState.put(state, new Pending(browser, nonce, verifier, next, until));
        } finally {
            lock.unlock();
        }
    }

    /// Uses a state up: null if it is unknown, was used already or is too old.
    @Nullable Pending take(String state) {
        lock.lock();
        try {
            Pending pending = byState.remove(state);
            return pending == null || clock.nowMs() > pending.untilMs ? null : pending;
        } finally {
            lock.unlock();
        }
    }
}

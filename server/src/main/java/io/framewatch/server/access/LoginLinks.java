package io.framewatch.server.access;

import io.framewatch.model.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Links that log in once: the server prints one at its start, and whoever reads the terminal may
/// come in. Thread safe.
public final class LoginLinks {

    private static final int LINKS_MAX = 100;

    private final long validMs;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> untilByDigest = new LinkedHashMap<>();

    /// @param validMs how long a link can be used, milliseconds
    public LoginLinks(long validMs, Clock clock) {
        this.validMs = validMs;
        this.clock = clock;
    }

    /// A new token for a link `/login?token=`; the oldest gives way beyond 100.
    public String issue() {
        String token = Secrets.random();
        lock.lock();
        try {
            if (untilByDigest.size() >= LINKS_MAX) {
                untilByDigest.remove(untilByDigest.keySet().iterator().next());
            }
            untilByDigest.put(Secrets.digest(token), clock.nowMs() + validMs);
        } finally {
            lock.unlock();
        }
        return token;
    }

    /// Uses a token up; whether it was good.
    boolean redeem(String token) {
        lock.lock();
        try {
            Long until = untilByDigest.remove(Secrets.digest(token));
            return until != null && clock.nowMs() <= until;
        } finally {
            lock.unlock();
        }
    }
}

package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.http.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The logins that are open, in memory, bounded: a new one beyond the limit ends the one unused
/// longest. Thread safe.
final class Sessions {

    private final AccessSettings settings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Session> byDigest = new LinkedHashMap<>(16, 0.75f, true);

    private record Session(Caller caller, BooleanSupplier stillGood, long beganMs, long usedMs) {}

    Sessions(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Begins a session and answers its secret, which is known to nobody else.
    ///
    /// @param stillGood asked at each use; the session ends when it says no
    String begin(Caller caller, BooleanSupplier stillGood) {
        String secret = Secrets.random();
        long now = clock.nowMs();
        lock.lock();
        try {
            if (byDigest.size() >= settings.sessionsMax()) {
                byDigest.remove(byDigest.keySet().iterator().next());
            }
            byDigest.put(Secrets.digest(secret), new Session(caller, stillGood, now, now));
        } finally {
            lock.unlock();
        }
        return secret;
    }

    /// Whose session this is, or null if it is none or has ended. Counts as use.
    @Nullable Caller use(String secret) {
        String digest = Secrets.digest(secret);
        long now = clock.nowMs();
        lock.lock();
        try {
            Session session = byDigest.get(digest);
            if (session == null) {
                return null;
            }
            if (now - session.usedMs > settings.sessionIdleMs()
                    || now - session.beganMs > settings.sessionMaxMs()
                    || !session.stillGood.getAsBoolean()) {
                byDigest.remove(digest);
                return null;
            }
            byDigest.put(
                    digest, new Session(session.caller, session.stillGood, session.beganMs, now));
            return session.caller;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a session, if there is one.
    void end(String secret) {
        lock.lock();
        try {
            byDigest.remove(Secrets.digest(secret));
        } finally {
            lock.unlock();
        }
    }
}

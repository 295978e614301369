package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.server.config.AccessSettings;
import io.framewatch.server.http.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The logins that are open, in memory, bounded: a new one beyond the limit ends the one unused
/// longest. Thread safe.
final class Sessions {

    private static final int ID_LENGTH = 16;

    private final AccessSettings settings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Session> byDigest = new LinkedHashMap<>(16, 0.75f, true);

    private record Session(
            Caller caller, Origin origin, BooleanSupplier stillGood, long beganMs, long usedMs) {}

    /// How somebody came in.
    ///
    /// @param way `password`, `token`, `link` or `provider`
    /// @param address the request came from, empty if not known
    /// @param browser what it called itself, cut; empty if not known
    record Origin(String way, String address, String browser) {}

    /// A login that is open.
    ///
    /// @param id names it without being its secret
    /// @param caller whose it is
    /// @param origin how they came in
    /// @param beganMs when, Unix milliseconds
    /// @param usedMs when it was used last, Unix milliseconds
    record Open(String id, Caller caller, Origin origin, long beganMs, long usedMs) {}

    Sessions(AccessSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// Begins a session and answers its secret, which is known to nobody else.
    ///
    /// @param stillGood asked at each use; the session ends when it says no
    String begin(Caller caller, Origin origin, BooleanSupplier stillGood) {
        String secret = Secrets.random();
        long now = clock.nowMs();
        lock.lock();
        try {
            if (byDigest.size() >= settings.sessionsMax()) {
                byDigest.remove(byDigest.keySet().iterator().next());
            }
            byDigest.put(Secrets.digest(secret), new Session(caller, origin, stillGood, now, now));
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
            if (!lives(session, now)) {
                byDigest.remove(digest);
                return null;
            }
            byDigest.put(
                    digest,
                    new Session(
                            session.caller,
                            session.origin,
                            session.stillGood,
                            session.beganMs,
                            now));
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

    private boolean lives(Session session, long now) {
        return now - session.usedMs <= settings.sessionIdleMs()
                && now - session.beganMs <= settings.sessionMaxMs()
                && session.stillGood.getAsBoolean();
    }

    /// The logins that are open, the one used last first. Counts as no use.
    List<Open> open() {
        long now = clock.nowMs();
        lock.lock();
        try {
            byDigest.values().removeIf(session -> !lives(session, now));
            List<Open> all = new ArrayList<>();
            byDigest.forEach((digest, session) ->
                    all.add(
                            new Open(
                                    id(digest),
                                    session.caller,
                                    session.origin,
                                    session.beganMs,
                                    session.usedMs)));
            return all.reversed();
        } finally {
            lock.unlock();
        }
    }

    /// Ends the login of this id; whether there was one.
    boolean endById(String id) {
        lock.lock();
        try {
            return byDigest.keySet().removeIf(digest -> id(digest).equals(id));
        } finally {
            lock.unlock();
        }
    }

    /// The id of the login with this secret.
    static String idOf(String secret) {
        return id(Secrets.digest(secret));
    }

    private static String id(String digest) {
        return Secrets.id(digest, ID_LENGTH);
    }
}

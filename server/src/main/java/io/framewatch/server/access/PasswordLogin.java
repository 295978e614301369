package io.framewatch.server.access;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Login by name and password. An unknown name takes as long as a wrong password, and both are told
/// in the same words. Thread safe.
final class PasswordLogin {

    /// Each check takes 19 MiB and some 50 ms of a core.
    private static final int CHECKS_MAX = 2;

    /// Of the cost of real ones; that a password has it is as likely as guessing 256 bits.
    private static final String NOBODYS_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$" + "A".repeat(22) + "$" + "A".repeat(43);

    private static final long WAIT_MS = Duration.ofSeconds(3).toMillis();

    private final Users users;
    private final LoginLimiter limiter;
    private final Semaphore checks = new Semaphore(CHECKS_MAX);

    PasswordLogin(Users users, Clock clock) {
        this.users = users;
        this.limiter = new LoginLimiter(clock);
    }

    /// Whether anybody can log in so.
    boolean offered() {
        return users.any();
    }

    /// Who this is. Throws `login_failed`, `login_slow_down` or `login_busy`.
    ///
    /// @param from the address the request came from
    User check(String name, String password, String from) {
        String known = User.isName(name) ? name : "?";
        limiter.attempt(known, from);
        User user = users.find(known);
        User open = user == null || user.disabled() ? null : user;
        boolean right = matches(password, open == null ? NOBODYS_HASH : open.hash());
        if (open == null || !right) {
            throw new FaultException(
                    Fault.caller(
                            "login_failed",
                            "Name or password is wrong.",
                            "Try again, or ask an admin of this server."));
        }
        limiter.succeeded(known, from);
        return open;
    }

    /// The hash of a new password. Throws `login_busy`.
    String hash(String password) {
        return inTurn(() -> Passwords.hash(password));
    }

    private boolean matches(String password, String hash) {
        return inTurn(() -> Passwords.matches(password, hash));
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (checks.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                try {
                    return work.get();
                } finally {
                    checks.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FaultException(
                Fault.later("login_busy", "Many people log in at this moment.", "Try again soon."));
    }

    /// Whether a user is still the one who logged in: there, with the same role and password.
    boolean stillIs(User user) {
        return user.equals(users.find(user.name()));
    }
}

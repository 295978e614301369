package io.framewatch.server.access;

import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import java.util.regex.Pattern;

/// Someone who logs in by name and password.
///
/// @param name 1 to 64 of `A-Z a-z 0-9 _ . @ -`
/// @param role what they may do
/// @param tenant whose data they see
/// @param hash of their password; `!` before it locks the door without forgetting the password
public record User(String name, Caller.Role role, Tenant tenant, String hash) {

    static final String LOCK = "!";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    /// Whether a text can be a user's name.
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// The line of the users file, without its end.
    String line() {
        return String.join(" ", name, role.word(), tenant.id(), hash);
    }

    /// Whether they may not log in now.
    public boolean disabled() {
        return hash.startsWith(LOCK);
    }

    /// The same person with another role.
    User withRole(Caller.Role other) {
        return new User(name, other, tenant, hash);
    }

    /// The same person with another password, locked as before.
    User withHash(String other) {
        return new User(name, role, tenant, disabled() ? LOCK + other : other);
    }

    /// The same person, locked out or let in again.
    User locked(boolean lock) {
        String open = disabled() ? hash.substring(LOCK.length()) : hash;
        return new User(name, role, tenant, lock ? LOCK + open : open);
    }

    Caller caller() {
        return new Caller(name, role, tenant, "login");
    }

    /// Without the hash: this text may be logged.
    @Override
    public String toString() {
        return name + " " + role.word() + " " + tenant.id() + (disabled() ? " disabled" : "");
    }
}

package io.framewatch.model;

import org.jspecify.annotations.Nullable;

/// Whose data it is. Every sample, log line and span belongs to exactly one tenant, and every
/// select names one.
///
/// @param id 1 to 64 characters of `[A-Za-z0-9_.-]`, not `.` or `..`; it becomes a sort key and may
///   become a folder name
public record Tenant(String id) implements Comparable<Tenant> {

    /// The tenant of everything that arrives while no authentication is configured.
    public static final Tenant DEFAULT = new Tenant("default");

    /// Longest id accepted, characters.
    public static final int ID_LENGTH_MAX = 64;

    /// Checks the id; throws [FaultException] with code `tenant_invalid` otherwise.
    public Tenant {
        if (!isValid(id)) {
            throw new FaultException(
                    Fault.caller(
                            "tenant_invalid",
                            "The tenant id is not 1 to 64 of the characters A-Z a-z 0-9 _ . -",
                            "Send another X-Scope-OrgID, or none."));
        }
    }

    private static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX || id.equals(".") || id.equals("..")) {
            return false;
        }
        return id.chars().allMatch(Tenant::isIdCharacter);
    }

    private static boolean isIdCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '.'
                || c == '-';
    }

    /// Asked for every sample, nearly always of the same object.
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || other instanceof Tenant tenant && tenant.id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public int compareTo(Tenant other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}

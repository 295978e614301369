package io.framewatch.ingest.forward;

import io.framewatch.model.Tenant;
import java.util.Map;
import java.util.Set;

/// Whose rows a remote gets, and how it is told whose they are. A request holds rows of one tenant.
///
/// @param named the tenants; empty for all
/// @param header header of the requests that names the tenant, empty for none
public record Tenants(Set<Tenant> named, String header) {

    /// Tenant `default`, unnamed.
    public static final Tenants DEFAULT = new Tenants(Set.of(Tenant.DEFAULT), "");

    /// Copies the set.
    public Tenants {
        named = Set.copyOf(named);
    }

    boolean includes(Tenant tenant) {
        return named.isEmpty() || named.contains(tenant);
    }

    /// Names `tenant` in the headers of a request.
    void tell(Tenant tenant, Map<String, String> headers) {
        if (!header.isEmpty()) {
            headers.keySet().removeIf(name -> name.equalsIgnoreCase(header));
            headers.put(header, tenant.id());
        }
    }
}

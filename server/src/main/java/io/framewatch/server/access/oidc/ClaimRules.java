package io.framewatch.server.access.oidc;

import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.OidcSettings;
import io.framewatch.server.http.Caller;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Makes a person with a role and a tenant of what a provider says about them. Immutable.
final class ClaimRules {

    private static final int NAME_LENGTH_MAX = 100;
    private static final String EVERYBODY = "*";

    private final OidcSettings settings;

    ClaimRules(OidcSettings settings) {
        this.settings = settings;
    }

    /// Throws `login_refused` for somebody without a role or a tenant.
    Caller caller(JsonNode claims) {
        Caller.Role role = role(values(claims, settings.roleClaim()));
        if (role == null) {
            throw OidcFaults.refused("no value of `" + settings.roleClaim() + "` gives you a role");
        }
        return new Caller(name(claims), role, tenant(claims), "login");
    }

    private String name(JsonNode claims) {
        for (String claim : List.of(settings.userClaim(), "email", "sub")) {
            String name = claims.path(claim).asString("").replaceAll("\\p{Cntrl}", "").strip();
            if (!name.isEmpty()) {
                return name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) : name;
            }
        }
        return "somebody";
    }

    /// The highest role that a value gives.
    private Caller.@Nullable Role role(List<String> values) {
        if (anyOf(values, settings.admins())) {
            return Caller.Role.ADMIN;
        }
        if (anyOf(values, settings.editors())) {
            return Caller.Role.EDITOR;
        }
        return anyOf(values, settings.viewers()) ? Caller.Role.VIEWER : null;
    }

    private static boolean anyOf(List<String> values, List<String> wanted) {
        return wanted.contains(EVERYBODY) || values.stream().anyMatch(wanted::contains);
    }

    private Tenant tenant(JsonNode claims) {
        String claim = settings.tenantClaim();
        if (claim == null) {
            return Tenant.DEFAULT;
        }
        for (String value : values(claims, claim)) {
            String tenant = settings.tenants().isEmpty() ? value : settings.tenants().get(value);
            if (tenant != null) {
                return valid(tenant);
            }
        }
        throw OidcFaults.refused("no value of `" + claim + "` gives you a tenant");
    }

    private static Tenant valid(String tenant) {
        try {
            return new Tenant(tenant);
        } catch (FaultException e) {
            throw OidcFaults.refused("your tenant's name cannot be used here");
        }
    }

    /// The texts of a claim: itself or its items; dots lead into objects unless a claim of that
    /// very name is there.
    private static List<String> values(JsonNode claims, String path) {
        String[] steps = claims.has(path) ? new String[] {path} : path.split("\\.");
        JsonNode at = claims;
        for (String step : steps) {
            at = at.path(step);
        }
        List<String> values = new ArrayList<>();
        if (at.isArray()) {
            at.forEach(each -> values.add(each.asString("")));
        } else if (at.isString()) {
            values.add(at.asString());
        }
        return values;
    }
}

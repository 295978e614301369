package io.framewatch.server.config;

import io.framewatch.model.Tenant;
import io.framewatch.query.promql.QueryGuard;
import io.framewatch.query.promql.QueryLimits;
import java.util.Map;

/// What queries may use together, and what tenants with limits of their own may use.
///
/// @param guard what all queries together may use
/// @param tenants limits of one query, by tenant; tenants not named have those of all
public record QuerySettings(QueryGuard.Limits guard, Map<Tenant, QueryLimits> tenants) {

    /// What this process can carry; the same for every tenant.
    public static final QuerySettings DEFAULT =
            new QuerySettings(QueryGuard.Limits.ofProcess(), Map.of());

    /// Copies the map.
    public QuerySettings {
        tenants = Map.copyOf(tenants);
    }
}

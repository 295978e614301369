/// Dashboards over HTTP: [io.framewatch.server.http.dashboards.DashboardEndpoints] reads and writes
/// them, [io.framewatch.server.http.dashboards.VersionEndpoints] tells their versions apart and
/// brings one back, [io.framewatch.server.http.dashboards.ExchangeEndpoints] imports and exports,
/// [io.framewatch.server.http.dashboards.GrafanaEndpoints] does some of it under Grafana's own
/// addresses. `docs/reference/dashboards.md` is the contract.
@NullMarked
package io.framewatch.server.http.dashboards;

import org.jspecify.annotations.NullMarked;

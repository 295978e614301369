package io.framewatch.server.parts;

import io.framewatch.model.Clock;
import io.framewatch.model.Tenant;
import io.framewatch.server.config.Settings;
import io.framewatch.server.dashboards.BoardProblem;
import io.framewatch.server.dashboards.Dashboards;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.dashboards.DashboardEndpoints;
import io.framewatch.server.http.dashboards.ExchangeEndpoints;
import io.framewatch.server.http.dashboards.GrafanaEndpoints;
import io.framewatch.server.http.dashboards.VersionEndpoints;
import io.framewatch.server.http.datasources.DatasourceEndpoints;
import io.framewatch.server.telemetry.Meters;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Dashboards with the addresses under which they are read and written. Thread safe.
public final class BoardSide implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BoardSide.class);

    private final Dashboards dashboards;
    private final DatasourceEndpoints sources;

    /// Dashboards of the operator's folders and the data folder, data sources of the settings.
    public BoardSide(Settings settings, Clock clock) {
        this.sources = new DatasourceEndpoints(settings.datasources());
        this.dashboards =
                new Dashboards(
                        settings.store().folder().toAbsolutePath().resolve("dashboards"),
                        settings.dashboards().folders(),
                        settings.dashboards().limits(),
                        clock);
        tellProblems();
    }

    private void tellProblems() {
        for (BoardProblem problem : dashboards.problems()) {
            log.warn("dashboard left out: {}", problem);
        }
    }

    /// Looks at the operator's folders anew.
    public void reload() {
        dashboards.reload();
        tellProblems();
    }

    /// Its own metrics.
    public void measure(Meters meters) {
        meters.gauge(
                "framewatch_dashboards",
                "Dashboards that tenant default sees.",
                () -> dashboards.of(Tenant.DEFAULT).all().size());
        meters.gauge(
                "framewatch_dashboard_problems",
                "Files of dashboards that cannot be shown.",
                () -> dashboards.problems().size());
    }

    /// The addresses, the more particular ones first.
    ///
    /// @param ready whether the server answers queries
    /// @param version this program's version
    public List<Endpoints> endpoints(BooleanSupplier ready, String version) {
        return List.of(
                new GrafanaEndpoints(dashboards, ready, version),
                new ExchangeEndpoints(dashboards, sources::known),
                new VersionEndpoints(dashboards),
                new DashboardEndpoints(dashboards),
                sources);
    }

    @Override
    public void close() {
        sources.close();
    }
}

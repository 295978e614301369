package io.framewatch.server.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything the operator decides, defaults filled in.
///
/// @param mode what runs: `serve`, `watch` or `demo`; shown on the page
/// @param title the page's title
/// @param listen where to listen
/// @param grpc where OTLP over gRPC is taken
/// @param access who may come in
/// @param limits how much a client may use
/// @param store where data is kept
/// @param host measuring this machine
/// @param prometheusFile a `prometheus.yml` whose targets are scraped, or null
/// @param ruleFiles rule files or patterns such as `rules/*.yml`
/// @param inventoryFile sites, cameras and streams that are expected to exist, or null
/// @param receivers who is told about alerts
/// @param dashboards where dashboards are found
/// @param datasources other servers whose data dashboards can show
/// @param sharing how evaluations are shared between viewers
/// @param forward what is sent on to other servers
public record Settings(
        String mode,
        String title,
        ListenSettings listen,
        GrpcSettings grpc,
        AccessSettings access,
        LimitSettings limits,
        StoreSettings store,
        HostSettings host,
        @Nullable Path prometheusFile,
        List<Path> ruleFiles,
        @Nullable Path inventoryFile,
        List<ReceiverSettings> receivers,
        DashboardSettings dashboards,
        List<DatasourceSettings> datasources,
        SharingSettings sharing,
        ForwardSettings forward) {

    /// What runs without any configuration.
    public static final Settings DEFAULT =
            new Settings(
                    "serve",
                    "Framewatch",
                    ListenSettings.DEFAULT,
                    GrpcSettings.DEFAULT,
                    AccessSettings.DEFAULT,
                    LimitSettings.DEFAULT,
                    StoreSettings.DEFAULT,
                    HostSettings.DEFAULT,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    DashboardSettings.DEFAULT,
                    List.of(),
                    SharingSettings.DEFAULT,
                    ForwardSettings.DEFAULT);

    /// The file of local users.
    public Path usersFile() {
        Path named = access.usersFile();
        return named == null ? store.folder().resolve("users.txt") : named;
    }

    /// The same with another mode and title.
    public Settings withMode(String otherMode, String otherTitle) {
        return new Settings(
                otherMode,
                otherTitle,
                listen,
                grpc,
                access,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same listening elsewhere.
    public Settings withListen(ListenSettings other) {
        return new Settings(
                mode,
                title,
                other,
                grpc,
                access,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same taking OTLP over gRPC elsewhere.
    public Settings withGrpc(GrpcSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                other,
                access,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with others allowed in.
    public Settings withAccess(AccessSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                other,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with other limits.
    public Settings withLimits(LimitSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                other,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with data kept elsewhere.
    public Settings withStore(StoreSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                limits,
                other,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with the data in memory, gone with the process.
    public Settings inMemory() {
        return withStore(store.inMemory());
    }

    /// The same with another `prometheus.yml`.
    public Settings withPrometheusFile(Path other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                limits,
                store,
                host,
                other,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with other rule files.
    public Settings withRuleFiles(List<Path> others) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                limits,
                store,
                host,
                prometheusFile,
                others,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                forward);
    }

    /// The same with other dashboards.
    public Settings withDashboards(DashboardSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                other,
                datasources,
                sharing,
                forward);
    }

    /// The same sending on to others.
    public Settings withForward(ForwardSettings other) {
        return new Settings(
                mode,
                title,
                listen,
                grpc,
                access,
                limits,
                store,
                host,
                prometheusFile,
                ruleFiles,
                inventoryFile,
                receivers,
                dashboards,
                datasources,
                sharing,
                other);
    }
}

package io.framewatch.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
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
/// @param promql how PromQL is evaluated
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
        ForwardSettings forward,
        PromqlSettings promql) {

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
                    ForwardSettings.DEFAULT,
                    PromqlSettings.DEFAULT);

    /// The file of local users.
    public Path usersFile() {
        Path named = access.usersFile();
        return named == null ? store.folder().resolve("users.txt") : named;
    }

    /// The same with another mode and title.
    public Settings withMode(String otherMode, String otherTitle) {
        return with(draft -> {
            draft.mode = otherMode;
            draft.title = otherTitle;
        });
    }

    /// The same listening elsewhere.
    public Settings withListen(ListenSettings other) {
        return with(draft -> draft.listen = other);
    }

    /// The same taking OTLP over gRPC elsewhere.
    public Settings withGrpc(GrpcSettings other) {
        return with(draft -> draft.grpc = other);
    }

    /// The same with others allowed in.
    public Settings withAccess(AccessSettings other) {
        return with(draft -> draft.access = other);
    }

    /// The same with other limits.
    public Settings withLimits(LimitSettings other) {
        return with(draft -> draft.limits = other);
    }

    /// The same with data kept elsewhere.
    public Settings withStore(StoreSettings other) {
        return with(draft -> draft.store = other);
    }

    /// The same with the data in memory, gone with the process.
    public Settings inMemory() {
        return withStore(store.inMemory());
    }

    /// The same with another `prometheus.yml`.
    public Settings withPrometheusFile(Path other) {
        return with(draft -> draft.prometheusFile = other);
    }

    /// The same with other rule files.
    public Settings withRuleFiles(List<Path> others) {
        return with(draft -> draft.ruleFiles = others);
    }

    /// The same with other dashboards.
    public Settings withDashboards(DashboardSettings other) {
        return with(draft -> draft.dashboards = other);
    }

    /// The same sending on to others.
    public Settings withForward(ForwardSettings other) {
        return with(draft -> draft.forward = other);
    }

    private Settings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /// Settings while they are changed.
    private static final class Draft {
        private String mode;
        private String title;
        private ListenSettings listen;
        private GrpcSettings grpc;
        private AccessSettings access;
        private LimitSettings limits;
        private StoreSettings store;
        private HostSettings host;
        private @Nullable Path prometheusFile;
        private List<Path> ruleFiles;
        private @Nullable Path inventoryFile;
        private List<ReceiverSettings> receivers;
        private DashboardSettings dashboards;
        private List<DatasourceSettings> datasources;
        private SharingSettings sharing;
        private ForwardSettings forward;
        private final PromqlSettings promql;

        Draft(Settings from) {
            mode = from.mode;
            title = from.title;
            listen = from.listen;
            grpc = from.grpc;
            access = from.access;
            limits = from.limits;
            store = from.store;
            host = from.host;
            prometheusFile = from.prometheusFile;
            ruleFiles = from.ruleFiles;
            inventoryFile = from.inventoryFile;
            receivers = from.receivers;
            dashboards = from.dashboards;
            datasources = from.datasources;
            sharing = from.sharing;
            forward = from.forward;
            promql = from.promql;
        }

        Settings settings() {
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
                    forward,
                    promql);
        }
    }
}

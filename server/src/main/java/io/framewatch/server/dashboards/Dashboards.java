package io.framewatch.server.dashboards;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// All dashboards: a store for each tenant, the operator's folders and the packs for all. Thread
/// safe.
public final class Dashboards {

    /// Most tenants whose stores are open.
    private static final int TENANTS_MAX = 10_000;

    private final Path data;
    private final BoardLimits limits;
    private final Clock clock;
    private final List<BoardFolder> folders;
    private final Map<Tenant, TenantBoards> byTenant = new ConcurrentHashMap<>();

    /// @param data folder of the stores, made when something is saved
    /// @param folders the operator's folders, first wins
    public Dashboards(Path data, List<FolderSettings> folders, BoardLimits limits, Clock clock) {
        this.data = data;
        this.limits = limits;
        this.clock = clock;
        this.folders = folders.stream().map(each -> new BoardFolder(each, limits, clock)).toList();
    }

    /// What bounds the dashboards.
    public BoardLimits limits() {
        return limits;
    }

    /// The dashboards that a tenant sees. Throws `dashboards_disk`.
    public TenantBoards of(Tenant tenant) {
        TenantBoards known = byTenant.get(tenant);
        if (known != null) {
            return known;
        }
        if (byTenant.size() >= TENANTS_MAX) {
            throw new FaultException(
                    Fault.operator(
                            "dashboards_full",
                            "Dashboards of " + TENANTS_MAX + " tenants are open, the limit.",
                            "Serve fewer tenants from one server."));
        }
        return byTenant.computeIfAbsent(tenant, this::open);
    }

    private TenantBoards open(Tenant tenant) {
        Path folder = data.resolve(tenant.id());
        try {
            BoardStore store = BoardStore.open(folder, limits);
            boolean ours = tenant.equals(Tenant.DEFAULT);
            return new TenantBoards(store, folders, limits, ours, clock);
        } catch (IOException e) {
            throw disk(folder, e);
        }
    }

    /// Looks at the operator's folders anew.
    public void reload() {
        folders.forEach(BoardFolder::forget);
    }

    /// What is wrong with the operator's files, of the tenant `default`.
    public List<BoardProblem> problems() {
        return new ArrayList<>(of(Tenant.DEFAULT).problems());
    }

    static FaultException disk(Path at, IOException e) {
        return new FaultException(
                Fault.operator(
                        "dashboards_disk",
                        "The dashboards in " + at + " cannot be kept: " + e.getMessage() + ".",
                        "Check the folder's rights and free space."),
                e);
    }
}

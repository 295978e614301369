package io.framewatch.ingest.forward;

import io.framewatch.ingest.config.PrometheusConfig;
import io.framewatch.ingest.config.RemoteConfig;
import io.framewatch.ingest.http.HttpClients;
import io.framewatch.ingest.http.HttpFetch;
import io.framewatch.ingest.spool.Destination;
import io.framewatch.ingest.spool.Kind;
import io.framewatch.ingest.spool.Spool;
import io.framewatch.ingest.spool.SpoolLimits;
import io.framewatch.model.Clock;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends on what comes in: samples to every remote of `remote_write`, OTLP signals to every OTLP
/// remote. Everything goes through one spool on the disk, which is opened when there is the first
/// remote. Thread safe.
public final class Forwarder implements AutoCloseable {

    private static final System.Logger log = System.getLogger(Forwarder.class.getName());

    /// OTLP batches wait no longer than this, milliseconds.
    private static final long OTLP_DEADLINE_MS = 1_000;

    private static final long OTLP_BACKOFF_MIN_MS = 100;
    private static final long OTLP_BACKOFF_MAX_MS = 30_000;

    private final HttpClients clients = new HttpClients();
    private final HttpFetch fetch;
    private final Path folder;
    private final SpoolLimits limits;
    private final Clock clock;
    private final AtomicLong unspooled = new AtomicLong();
    private volatile State state = new State(null, List.of(), Map.of(), false);

    /// What runs.
    private record State(
            @Nullable Spool spool,
            List<Running> running,
            Map<Kind, List<Tenants>> wanted,
            boolean exemplars) {

        boolean wants(Kind kind, Tenant tenant) {
            for (Tenants some : wanted.getOrDefault(kind, List.of())) {
                if (some.includes(tenant)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// A remote with one kind of rows; `made` tells whether it is still the same.
    private record Running(
            Destination destination,
            Object made,
            @Nullable RemoteWriteOutlet write,
            Courier courier) {}

    /// A remote to be.
    private record Wanted(
            Destination destination, Object made, Outlet outlet, Tenants tenants, Pace pace) {}

    /// How a remote of `remote_write` was configured.
    private record Write(RemoteConfig config, Labels external, Tenants tenants) {}

    /// Spools in `folder`; does nothing before [#apply].
    public Forwarder(Path folder, SpoolLimits limits, Clock clock) {
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
        this.fetch = new HttpFetch(clients, clock);
    }

    /// Sends to these remotes from now on. One that stays, by name or address, goes on where it
    /// was, also when its other settings change; what waits for one that is gone is let go of.
    ///
    /// Remotes of `remote_write` get the rows of tenant `default`.
    ///
    /// Throws `FaultException` if the spool cannot be opened.
    public void apply(@Nullable PrometheusConfig config, List<OtlpRemote> otlp) {
        apply(config, otlp, Map.of());
    }

    /// The same with other tenants for remotes of `remote_write`, by name or address.
    public synchronized void apply(
            @Nullable PrometheusConfig config,
            List<OtlpRemote> otlp,
            Map<String, Tenants> tenants) {
        List<Wanted> wanted = new ArrayList<>();
        boolean exemplars = false;
        if (config != null) {
            Labels external = config.global().externalLabels();
            for (RemoteConfig remote : config.remoteWrite()) {
                Tenants whose = tenants.getOrDefault(remote.shownName(), Tenants.DEFAULT);
                wanted.add(wanted(remote, external, whose));
                exemplars |= remote.exemplars();
            }
        }
        for (OtlpRemote remote : otlp) {
            remote.signals().forEach(kind -> wanted.add(wanted(remote, kind)));
        }
        Spool spool = state.spool();
        if (spool == null && (!wanted.isEmpty() || Spool.isIn(folder))) {
            spool = Spool.open(folder, limits, clock);
        }
        if (spool != null) {
            replace(spool, wanted, exemplars);
        }
    }

    private Wanted wanted(RemoteConfig remote, Labels external, Tenants tenants) {
        Poster poster = new Poster(fetch, remote.http(), remote.url(), remote.timeoutMs());
        return new Wanted(
                new Destination(remote.shownName(), Kind.SAMPLES),
                new Write(remote, external, tenants),
                new RemoteWriteOutlet(remote, external, tenants, poster, clock),
                tenants,
                new Pace(
                        remote.queue().deadlineMs(),
                        remote.queue().minBackoffMs(),
                        remote.queue().maxBackoffMs(),
                        remote.queue().requestsMin(),
                        remote.queue().requestsMax()));
    }

    private Wanted wanted(OtlpRemote remote, Kind kind) {
        OtlpWay way =
                remote.grpc()
                        ? new OtlpGrpcWay(remote, fetch)
                        : new OtlpHttpWay(remote, fetch, clock);
        return new Wanted(
                new Destination(remote.name(), kind),
                remote,
                new OtlpOutlet(kind, remote.tenants(), way),
                remote.tenants(),
                new Pace(
                        OTLP_DEADLINE_MS,
                        OTLP_BACKOFF_MIN_MS,
                        OTLP_BACKOFF_MAX_MS,
                        1,
                        remote.requestsMax()));
    }

    private void replace(Spool spool, List<Wanted> wanted, boolean exemplars) {
        List<Running> before = new ArrayList<>(state.running());
        List<Running> after = new ArrayList<>();
        for (Wanted one : wanted) {
            before.stream()
                    .filter(old ->
                            old.destination().equals(one.destination())
                                    && old.made().equals(one.made()))
                    .findFirst()
                    .ifPresent(after::add);
        }
        before.removeAll(after);
        before.forEach(old -> old.courier().end());
        before.forEach(old -> old.courier().close());
        spool.keep(wanted.stream().map(Wanted::destination).toList());
        Map<Kind, List<Tenants>> kinds = new EnumMap<>(Kind.class);
        List<Running> added = new ArrayList<>();
        for (Wanted one : wanted) {
            kinds.computeIfAbsent(one.destination().kind(), _ -> new ArrayList<>())
                    .add(one.tenants());
            if (after.stream().noneMatch(old -> old.destination().equals(one.destination()))) {
                added.add(make(spool, one));
            }
        }
        release(spool);
        // Only when all have their places: one that runs lets go of what nobody holds back.
        added.forEach(one -> one.courier().start());
        after.addAll(added);
        state = new State(spool, List.copyOf(after), kinds, exemplars);
    }

    private static void release(Spool spool) {
        try {
            spool.release();
        } catch (FaultException e) {
            log.log(System.Logger.Level.WARNING, "the spool: {0}", e.getMessage());
        }
    }

    private Running make(Spool spool, Wanted one) {
        Courier courier =
                new Courier(
                        one.destination(), one.outlet(), one.tenants(), one.pace(), spool, clock);
        RemoteWriteOutlet write = one.outlet() instanceof RemoteWriteOutlet outlet ? outlet : null;
        return new Running(one.destination(), one.made(), write, courier);
    }

    /// Whether anybody wants rows of this kind and tenant.
    public boolean wants(Kind kind, Tenant tenant) {
        return state.wants(kind, tenant);
    }

    /// Spools rows that the store has taken. Never throws: what the disk refuses is counted.
    public void spool(Tenant tenant, Kind kind, int rows, byte[] bytes) {
        State now = state;
        Spool spool = now.spool();
        if (spool == null || !now.wants(kind, tenant)) {
            return;
        }
        try {
            spool.append(tenant, kind, rows, bytes);
        } catch (FaultException e) {
            if (unspooled.getAndAdd(rows) == 0) {
                log.log(
                        System.Logger.Level.WARNING,
                        "what comes in is stored but not sent on: {0}",
                        e.getMessage());
            }
        }
    }

    void samples(SampleBatch batch) {
        Tenant tenant = batch.tenant();
        if (wants(Kind.SAMPLES, tenant)) {
            SampleChunks.of(batch, (bytes, rows) -> spool(tenant, Kind.SAMPLES, rows, bytes));
        }
    }

    void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
        if (state.exemplars() && wants(Kind.SAMPLES, tenant)) {
            SampleChunks.of(
                    tenant, exemplars, (bytes, rows) -> spool(tenant, Kind.SAMPLES, rows, bytes));
        }
    }

    void metadata(Tenant tenant, Collection<MetricMetadata> metadata) {
        for (Running one : state.running()) {
            if (one.write() != null) {
                one.write().add(tenant, metadata);
            }
        }
    }

    /// How every remote is doing, by kind of rows.
    public List<RemoteStatus> statuses() {
        return state.running().stream().map(one -> one.courier().status()).toList();
    }

    /// Rows stored but not sent on because the disk refused to spool them.
    public long unspooled() {
        return unspooled.get();
    }

    /// Bytes of the spool on the disk.
    public long spoolBytes() {
        Spool spool = state.spool();
        return spool == null ? 0 : spool.bytes();
    }

    /// Ends; what waits gets one more try and then stays on the disk.
    @Override
    public synchronized void close() {
        State ended = state;
        state = new State(null, List.of(), Map.of(), false);
        ended.running().forEach(one -> one.courier().end());
        ended.running().forEach(one -> one.courier().close());
        if (ended.spool() != null) {
            ended.spool().close();
        }
        clients.close();
    }
}

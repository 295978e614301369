package io.framewatch.ingest.forward;

import io.framewatch.ingest.spool.Kind;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.otlp.send.OtlpParts;
import io.framewatch.wire.otlp.send.PointExport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A store's way in that also sends on what the store has taken. Waits for the spool's disk, never
/// for a remote. Thread safe.
public final class ForwardingAppender implements MetricAppender {

    private static final int TYPES_MAX = 50_000;

    private final MetricAppender store;
    private final Forwarder forwarder;
    private final boolean asPoints;

    private record Family(Tenant tenant, String name) {}

    private final Map<Family, MetricMetadata.Type> types = new ConcurrentHashMap<>();

    /// Appends to `store`, then hands on to `forwarder`.
    ///
    /// @param asPoints whether samples also go to OTLP remotes; not so where they came as OTLP and
    ///   are sent on as they came
    public ForwardingAppender(MetricAppender store, Forwarder forwarder, boolean asPoints) {
        this.store = store;
        this.forwarder = forwarder;
        this.asPoints = asPoints;
    }

    @Override
    public Series series(Tenant tenant, Labels labels) {
        return store.series(tenant, labels);
    }

    @Override
    public AppendResult append(SampleBatch batch) {
        AppendResult result = store.append(batch);
        Tenant tenant = batch.tenant();
        forwarder.samples(batch);
        if (asPoints && forwarder.wants(Kind.POINTS, tenant)) {
            OtlpParts.metrics(
                    PointExport.of(batch, family -> type(tenant, family)),
                    (bytes, rows) -> forwarder.spool(tenant, Kind.POINTS, rows, bytes));
        }
        return result;
    }

    private MetricMetadata.Type type(Tenant tenant, String family) {
        return types.getOrDefault(new Family(tenant, family), MetricMetadata.Type.UNKNOWN);
    }

    @Override
    public void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
        store.exemplars(tenant, exemplars);
        forwarder.exemplars(tenant, exemplars);
    }

    @Override
    public void metadata(Tenant tenant, Collection<MetricMetadata> metadata) {
        store.metadata(tenant, metadata);
        forwarder.metadata(tenant, metadata);
        if (asPoints && (tenant.equals(Tenant.DEFAULT) || forwarder.wants(Kind.POINTS, tenant))) {
            for (MetricMetadata one : metadata) {
                Family family = new Family(tenant, one.family());
                if (types.size() < TYPES_MAX || types.containsKey(family)) {
                    types.put(family, one.type());
                }
            }
        }
    }
}

package io.framewatch.ingest.forward;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import java.util.Collection;

/// A store's way in that also sends on what the store has taken, of tenant `default`: its
/// configuration names the remotes. Never waits for a remote. Thread safe.
public final class ForwardingAppender implements MetricAppender {

    private final MetricAppender store;
    private final Forwarder forwarder;

    /// Appends to `store`, then hands on to `forwarder`.
    public ForwardingAppender(MetricAppender store, Forwarder forwarder) {
        this.store = store;
        this.forwarder = forwarder;
    }

    @Override
    public Series series(Tenant tenant, Labels labels) {
        return store.series(tenant, labels);
    }

    @Override
    public AppendResult append(SampleBatch batch) {
        AppendResult result = store.append(batch);
        if (batch.tenant().equals(Tenant.DEFAULT)) {
            forwarder.samples(batch);
        }
        return result;
    }

    @Override
    public void exemplar(Series series, Exemplar exemplar) {
        store.exemplar(series, exemplar);
        if (series.tenant().equals(Tenant.DEFAULT)) {
            forwarder.exemplar(series, exemplar);
        }
    }

    @Override
    public void metadata(Tenant tenant, Collection<MetricMetadata> metadata) {
        store.metadata(tenant, metadata);
        if (tenant.equals(Tenant.DEFAULT)) {
            forwarder.metadata(metadata);
        }
    }
}

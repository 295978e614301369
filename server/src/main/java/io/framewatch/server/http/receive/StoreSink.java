package io.framewatch.server.http.receive;

import io.framewatch.model.Exemplar;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.push.MetricSink;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds series at once and holds the rest of a push until its samples are stored. A series beyond
/// the tenant's limit is left out, so that one exploding metric does not hold up the others. Not
/// thread safe.
final class StoreSink implements MetricSink {

    private final MetricAppender store;
    private final Tenant tenant;
    private final Set<MetricMetadata> metadata = new LinkedHashSet<>();
    private final List<SeriesExemplar> exemplars = new ArrayList<>();
    private int seriesRefused;

    StoreSink(MetricAppender store, Tenant tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    @Override
    public @Nullable Series series(Labels labels) {
        try {
            return store.series(tenant, labels);
        } catch (FaultException e) {
            switch (e.fault().code()) {
                case "series_limit", "label_limit" -> seriesRefused++;
                default -> throw e;
            }
            return null;
        }
    }

    @Override
    public void exemplar(Series series, Exemplar exemplar) {
        exemplars.add(new SeriesExemplar(series, exemplar));
    }

    @Override
    public void metadata(MetricMetadata family) {
        metadata.add(family);
    }

    /// Times a series was refused.
    int seriesRefused() {
        return seriesRefused;
    }

    /// Hands on what is no sample: the samples are stored.
    void finish() {
        if (!exemplars.isEmpty()) {
            store.exemplars(tenant, exemplars);
        }
        if (!metadata.isEmpty()) {
            store.metadata(tenant, metadata);
        }
    }
}

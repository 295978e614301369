package io.framewatch.wire.remotewrite;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.wire.push.MetricSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps what a reader tells, and refuses the series of one name.
final class RecordingSink implements MetricSink {

    final List<Labels> asked = new ArrayList<>();
    final List<Exemplar> exemplars = new ArrayList<>();
    final List<MetricMetadata> metadata = new ArrayList<>();
    String refused = "";

    @Override
    public @Nullable Series series(Labels labels) {
        asked.add(labels);
        return labels.metricName().equals(refused)
                ? null
                : new Series(Tenant.DEFAULT, labels.hashCode(), labels);
    }

    @Override
    public void exemplar(Series series, Exemplar exemplar) {
        exemplars.add(exemplar);
    }

    @Override
    public void metadata(MetricMetadata one) {
        metadata.add(one);
    }
}

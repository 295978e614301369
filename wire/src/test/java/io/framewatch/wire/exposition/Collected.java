package io.framewatch.wire.exposition;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps all that an exposition holds.
class Collected implements ExpositionVisitor {

    /// One sample, copied.
    record Sample(
            Labels labels,
            double value,
            @Nullable Long timestampMs,
            @Nullable NativeHistogram histogram,
            List<Exemplar> exemplars) {}

    final List<Sample> samples = new ArrayList<>();
    final Map<String, MetricMetadata> metadata = new LinkedHashMap<>();

    static Collected of(ExpositionFormat format, String text) {
        return of(format, text.getBytes(StandardCharsets.UTF_8));
    }

    static Collected of(ExpositionFormat format, byte[] data) {
        Collected collected = new Collected();
        Exposition.parse(format, data, data.length, collected);
        return collected;
    }

    @Override
    public void sample(SampleView view) {
        samples.add(
                new Sample(
                        view.labels(),
                        view.value(),
                        view.hasTimestamp() ? view.timestampMs() : null,
                        view.histogram(),
                        view.exemplars()));
    }

    @Override
    public void metadata(MetricMetadata one) {
        metadata.put(one.family(), one);
    }

    @Override
    public boolean wantsClassicBesideNative() {
        return true;
    }
}

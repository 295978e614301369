package io.framewatch.ingest.forward;

import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.model.Labels;
import io.framewatch.wire.remotewrite.PromMessages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The labels a series is sent with, as bytes: with the external labels it lacks, after
/// relabelling. Remembers the series met last. Not thread safe.
final class SeriesBytes {

    private static final int SERIES_MAX = 200_000;
    private static final byte[] DROPPED = {};

    private final Labels external;
    private final List<RelabelRule> rules;
    private final Map<Labels, byte[]> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Labels, byte[]> eldest) {
                    return size() > SERIES_MAX;
                }
            };

    SeriesBytes(Labels external, List<RelabelRule> rules) {
        this.external = external;
        this.rules = rules;
    }

    /// The label fields of a `TimeSeries`; empty if relabelling drops the series.
    byte[] of(Labels labels) {
        byte[] bytes = known.get(labels);
        if (bytes == null) {
            bytes = make(labels);
            known.put(labels, bytes);
        }
        return bytes;
    }

    private byte[] make(Labels labels) {
        Labels.Builder builder = labels.toBuilder();
        external.forEach((name, value) -> {
            if (builder.find(name) == null) {
                builder.set(name, value);
            }
        });
        Labels sent = Relabel.apply(builder.build(), rules);
        return sent == null || !sent.has(Labels.NAME)
                ? DROPPED
                : PromMessages.message(out -> PromMessages.labels(out, 1, sent));
    }
}

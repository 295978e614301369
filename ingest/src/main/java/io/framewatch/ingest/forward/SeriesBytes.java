package io.framewatch.ingest.forward;

import io.framewatch.ingest.relabel.Relabel;
import io.framewatch.ingest.relabel.RelabelRule;
import io.framewatch.model.Labels;
import io.framewatch.wire.remotewrite.PromMessages;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The labels a series is sent with, as bytes: with the external labels it lacks, after
/// relabelling. Remembers the series met last. Not thread safe.
final class SeriesBytes {

    private static final int SERIES_MAX = 200_000;

    /// What relabelling drops.
    static final Sent DROPPED = new Sent(new byte[0], 0);

    private final Labels external;
    private final List<RelabelRule> rules;
    private final Map<Labels, Sent> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Labels, Sent> eldest) {
                    return size() > SERIES_MAX;
                }
            };

    /// How a series is sent.
    ///
    /// @param labels the label fields of a `TimeSeries`; empty if relabelling drops the series
    /// @param hash the same for the same labels
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(byte[] labels, int hash) {}

    SeriesBytes(Labels external, List<RelabelRule> rules) {
        this.external = external;
        this.rules = rules;
    }

    /// How the series with these labels is sent.
    Sent of(Labels labels) {
        Sent bytes = known.get(labels);
        if (bytes == null) {
            bytes = make(labels);
            known.put(labels, bytes);
        }
        return bytes;
    }

    private Sent make(Labels labels) {
        Labels.Builder builder = labels.toBuilder();
        external.forEach((name, value) -> {
            if (builder.find(name) == null) {
                builder.set(name, value);
            }
        });
        Labels sent = Relabel.apply(builder.build(), rules);
        if (sent == null || !sent.has(Labels.NAME)) {
            return DROPPED;
        }
        byte[] bytes = PromMessages.message(out -> PromMessages.labels(out, 1, sent));
        return new Sent(bytes, Arrays.hashCode(bytes));
    }
}

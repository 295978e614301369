package io.framewatch.server.telemetry;

import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.SeriesExemplar;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.LogAppender;
import io.framewatch.store.MetricAppender;
import io.framewatch.store.TraceAppender;
import java.util.Collection;
import java.util.List;

/// Counts what comes into the stores, by signal and by the way it came, and what the stores refuse,
/// with the reason. A way is a word from a small closed set, such as `scrape` or `remote_write`.
/// Thread safe.
public final class Intake {

    private static final String SAMPLES = "samples";
    private static final String LINES = "lines";
    private static final String SPANS = "spans";

    private final Counters taken;
    private final Counters refused;

    /// Adds its counters to `meters`.
    public Intake(Meters meters) {
        this.taken =
                meters.counter(
                        "framewatch_ingest_taken_total",
                        "Samples, lines and spans stored, by the way they came.",
                        "signal",
                        "way");
        this.refused =
                meters.counter(
                        "framewatch_ingest_refused_total",
                        "Samples, lines and spans the stores refused, by the way they came.",
                        "signal",
                        "way",
                        "reason");
    }

    private void stored(String signal, String way, int count) {
        if (count > 0) {
            taken.add(count, signal, way);
        }
    }

    private void refused(String signal, String way, String reason, int count) {
        if (count > 0) {
            refused.add(count, signal, way, reason);
        }
    }

    private void append(String signal, String way, int count, Runnable append) {
        try {
            append.run();
        } catch (FaultException e) {
            refused(signal, way, e.fault().code(), count);
            throw e;
        }
        stored(signal, way, count);
    }

    /// `store`, for what comes this way.
    public MetricAppender metrics(String way, MetricAppender store) {
        return new CountedMetrics(way, store);
    }

    /// `store`, for what comes this way.
    public LogAppender logs(String way, LogAppender store) {
        return (tenant, lines) ->
                append(LINES, way, lines.size(), () -> store.append(tenant, lines));
    }

    /// `store`, for what comes this way.
    public TraceAppender traces(String way, TraceAppender store) {
        return (tenant, spans) ->
                append(SPANS, way, spans.size(), () -> store.append(tenant, spans));
    }

    private final class CountedMetrics implements MetricAppender {

        private final String way;
        private final MetricAppender store;

        CountedMetrics(String way, MetricAppender store) {
            this.way = way;
            this.store = store;
        }

        @Override
        public Series series(Tenant tenant, Labels labels) {
            try {
                return store.series(tenant, labels);
            } catch (FaultException e) {
                refused(SAMPLES, way, e.fault().code(), 1);
                throw e;
            }
        }

        @Override
        public AppendResult append(SampleBatch batch) {
            try {
                AppendResult result = store.append(batch);
                stored(SAMPLES, way, result.stored());
                refused(SAMPLES, way, "conflict", result.conflicts());
                refused(SAMPLES, way, "time_out_of_range", result.tooFarOff());
                refused(SAMPLES, way, "series_limit", result.refused());
                return result;
            } catch (FaultException e) {
                refused(SAMPLES, way, e.fault().code(), batch.size());
                throw e;
            }
        }

        @Override
        public void exemplars(Tenant tenant, List<SeriesExemplar> exemplars) {
            store.exemplars(tenant, exemplars);
        }

        @Override
        public void metadata(Tenant tenant, Collection<MetricMetadata> metadata) {
            store.metadata(tenant, metadata);
        }
    }
}

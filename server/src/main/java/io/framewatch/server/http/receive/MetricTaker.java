package io.framewatch.server.http.receive;

import io.framewatch.model.Clock;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.otlp.metrics.DeltaStreams;
import io.framewatch.wire.otlp.metrics.OtlpMetrics;
import io.framewatch.wire.otlp.metrics.OtlpOptions;
import io.framewatch.wire.push.WriteLimits;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts OTLP metrics into the store and remembers, per tenant, what differences add up to. Thread
/// safe; requests of one tenant that carry differences follow one another.
final class MetricTaker {

    private static final int DELTA_STREAMS_MAX = 100_000;
    private static final long DELTA_IDLE_MS = 5 * 60_000;
    private static final int DELTA_TENANTS_MAX = 1_000;

    private final MetricAppender store;
    private final Supplier<OtlpOptions> options;
    private final WriteLimits limits;
    private final Clock clock;
    private final Map<Tenant, DeltaStreams> deltas = new ConcurrentHashMap<>();

    MetricTaker(
            MetricAppender store, Supplier<OtlpOptions> options, WriteLimits limits, Clock clock) {
        this.store = store;
        this.options = options;
        this.limits = limits;
        this.clock = clock;
    }

    /// What became of a request's points.
    ///
    /// @param refused how many were not taken
    /// @param reason why; empty if all were
    record Taken(int refused, String reason) {}

    Taken take(Tenant tenant, ExportMetricsServiceRequest request) {
        SampleBatch batch = new SampleBatch(tenant, 1024);
        StoreSink sink = new StoreSink(store, tenant);
        try (Pass pass = new Pass(tenant)) {
            OtlpMetrics.Result read =
                    new OtlpMetrics(options.get(), limits).read(request, batch, sink, pass::begin);
            AppendResult stored = batch.size() == 0 ? AppendResult.NOTHING : store.append(batch);
            pass.commit();
            sink.finish();
            return told(read, stored);
        }
    }

    private static Taken told(OtlpMetrics.Result read, AppendResult stored) {
        int refused = read.refused() + stored.lost();
        String reason = read.reason();
        if (reason.isEmpty() && stored.tooFarOff() > 0) {
            reason = stored.tooFarOff() + " samples lie too far in the past or future";
        }
        if (reason.isEmpty() && stored.conflicts() > 0) {
            reason = stored.conflicts() + " samples differ from one taken for the same time";
        }
        if (reason.isEmpty() && stored.refused() > 0) {
            reason = stored.refused() + " samples belong to series beyond a limit";
        }
        return new Taken(refused, reason);
    }

    private DeltaStreams deltas(Tenant tenant) {
        if (deltas.size() >= DELTA_TENANTS_MAX && !deltas.containsKey(tenant)) {
            throw new FaultException(
                    Fault.later(
                            "delta_tenants",
                            "Too many tenants send differences.",
                            "Send cumulative metrics."));
        }
        return deltas.computeIfAbsent(
                tenant, _ -> new DeltaStreams(DELTA_STREAMS_MAX, DELTA_IDLE_MS));
    }

    /// A pass over the sums that begins when the first difference is met.
    private final class Pass implements AutoCloseable {

        private final Tenant tenant;
        private DeltaStreams.@Nullable Pass begun;

        Pass(Tenant tenant) {
            this.tenant = tenant;
        }

        DeltaStreams.Pass begin() {
            DeltaStreams.Pass pass = deltas(tenant).begin(clock.nowMs());
            begun = pass;
            return pass;
        }

        void commit() {
            if (begun != null) {
                begun.commit();
            }
        }

        @Override
        public void close() {
            if (begun != null) {
                begun.close();
            }
        }
    }
}

package io.framewatch.server.http.receive;

import io.framewatch.model.Exemplar;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Series;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.remotewrite.WriteLimits;
import io.framewatch.wire.remotewrite.WriteRequestException;
import io.framewatch.wire.remotewrite.WriteRequestReader;
import io.framewatch.wire.remotewrite.WriteSink;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `POST /api/v1/write`: Prometheus remote write 1.0, protobuf in one block of snappy. Samples of
/// any age and in any order are taken. Answers 204 with what was written when the store has it; 415
/// for other versions. Thread safe.
public final class RemoteWriteReceiver implements Endpoints {

    private static final int NO_CONTENT = 204;

    /// Readers kept between requests, per tenant: each remembers the series it has met.
    private static final int READERS_KEPT_MAX = 4;

    private static final int TENANTS_KEPT_MAX = 64;

    private static final String SAMPLES_WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
    private static final String HISTOGRAMS_WRITTEN = "X-Prometheus-Remote-Write-Histograms-Written";
    private static final String EXEMPLARS_WRITTEN = "X-Prometheus-Remote-Write-Exemplars-Written";

    private final MetricAppender store;
    private final WriteLimits limits;
    private final long bodyBytesMax;
    private final Map<Tenant, Deque<WriteRequestReader>> idle = new HashMap<>();

    /// @param bodyBytesMax largest body, packed or unpacked, bytes
    public RemoteWriteReceiver(MetricAppender store, WriteLimits limits, long bodyBytesMax) {
        this.store = store;
        this.limits = limits;
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/api/v1/write", this::write);
    }

    private void write(ServerRequest req, ServerResponse res) {
        try {
            checkType(req);
            byte[] body = PushBodies.snappy(req, bodyBytesMax);
            WriteRequestReader.Written written = take(Caller.of(req).tenant(), body);
            res.header(HeaderNames.create(SAMPLES_WRITTEN), Integer.toString(written.samples()));
            res.header(
                    HeaderNames.create(HISTOGRAMS_WRITTEN), Integer.toString(written.histograms()));
            res.header(
                    HeaderNames.create(EXEMPLARS_WRITTEN), Integer.toString(written.exemplars()));
            res.status(NO_CONTENT).send();
        } catch (FaultException e) {
            Fault fault = e.fault();
            res.status(HttpStatuses.of(fault));
            if (fault.turn() == Fault.Turn.LATER) {
                res.header(HeaderNames.RETRY_AFTER, "1");
            }
            res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            res.send(fault.message());
        }
    }

    private static void checkType(ServerRequest req) {
        String type =
                req.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        boolean first =
                type.equals("application/x-protobuf")
                        || type.startsWith("application/x-protobuf")
                                && (!type.contains("proto=")
                                        || type.contains("proto=prometheus.writerequest"));
        if (!first) {
            throw new FaultException(
                    Fault.caller(
                            "content_type_unsupported",
                            "The write has a Content-Type that is not understood here.",
                            "Send remote write 1.0: application/x-protobuf in snappy."));
        }
    }

    private WriteRequestReader.Written take(Tenant tenant, byte[] body) {
        WriteRequestReader reader = reader(tenant);
        Sink sink = new Sink(tenant);
        SampleBatch batch = new SampleBatch(tenant, 1024);
        WriteRequestReader.Written written;
        try {
            written = reader.read(body, body.length, batch, sink);
        } catch (WriteRequestException e) {
            throw new FaultException(
                    Fault.caller(
                            "write_invalid",
                            "The body is no write request: " + e.getMessage() + ".",
                            "Send a prometheus.WriteRequest within the limits."),
                    e);
        }
        store.append(batch);
        sink.finish();
        giveBack(tenant, reader);
        return written;
    }

    private WriteRequestReader reader(Tenant tenant) {
        synchronized (idle) {
            Deque<WriteRequestReader> kept = idle.get(tenant);
            WriteRequestReader reader = kept == null ? null : kept.poll();
            return reader == null ? new WriteRequestReader(limits) : reader;
        }
    }

    private void giveBack(Tenant tenant, WriteRequestReader reader) {
        synchronized (idle) {
            if (idle.size() >= TENANTS_KEPT_MAX && !idle.containsKey(tenant)) {
                return;
            }
            Deque<WriteRequestReader> kept = idle.computeIfAbsent(tenant, _ -> new ArrayDeque<>());
            if (kept.size() < READERS_KEPT_MAX) {
                kept.push(reader);
            }
        }
    }

    /// Finds series at once and holds the rest until the samples are stored.
    private final class Sink implements WriteSink {

        private final Tenant tenant;
        private final List<MetricMetadata> metadata = new ArrayList<>();
        private final List<Kept> exemplars = new ArrayList<>();

        private record Kept(Series series, Exemplar exemplar) {}

        Sink(Tenant tenant) {
            this.tenant = tenant;
        }

        @Override
        public Series series(Labels labels) {
            return store.series(tenant, labels);
        }

        @Override
        public void exemplar(Series series, Exemplar exemplar) {
            exemplars.add(new Kept(series, exemplar));
        }

        @Override
        public void metadata(MetricMetadata family) {
            metadata.add(family);
        }

        void finish() {
            exemplars.forEach(kept -> store.exemplar(kept.series(), kept.exemplar()));
            if (!metadata.isEmpty()) {
                store.metadata(tenant, metadata);
            }
        }
    }
}

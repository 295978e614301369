package io.framewatch.server.http.receive;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.SampleBatch;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.receive.PushMemory.Spare;
import io.framewatch.store.AppendResult;
import io.framewatch.store.MetricAppender;
import io.framewatch.wire.push.WriteLimits;
import io.framewatch.wire.remotewrite.RequestReader;
import io.framewatch.wire.remotewrite.SeriesByBytes;
import io.framewatch.wire.remotewrite.SymbolRequestReader;
import io.framewatch.wire.remotewrite.WriteRequestException;
import io.framewatch.wire.remotewrite.WriteRequestReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// `POST /api/v1/write`: Prometheus remote write 1.0 and 2.0, protobuf in one block of snappy.
/// Samples of any age and in any order are taken. Answers 204 with what was written when the store
/// has it, 400 with what was left out, 415 for other messages. Thread safe.
public final class RemoteWriteReceiver implements Endpoints {

    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;

    /// Series remembered by their bytes, per tenant and version.
    private static final int SERIES_REMEMBERED_MAX = 1_000_000;

    /// Tenants and versions whose series are remembered; those of others are looked up anew for
    /// each request.
    private static final int HOLDERS_KEPT_MAX = 64;

    /// What the bytes of series may take in all, bytes; those of further ones are not kept.
    private static final long KEY_BYTES_MAX =
            Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 32);

    /// Rows that a new batch has room for.
    private static final int ROWS_MIN = 1_024;

    /// Bodies and batches kept for the next requests, each; and rows of a batch that is kept.
    private static final int SPARE_MAX = 8;

    private static final int SPARE_ROWS_MAX = 32_768;

    private static final String SAMPLES_WRITTEN = "X-Prometheus-Remote-Write-Samples-Written";
    private static final String HISTOGRAMS_WRITTEN = "X-Prometheus-Remote-Write-Histograms-Written";
    private static final String EXEMPLARS_WRITTEN = "X-Prometheus-Remote-Write-Exemplars-Written";

    private final MetricAppender store;
    private final WriteLimits limits;
    private final long bodyBytesMax;
    private final Map<Holder, SeriesByBytes> known = new ConcurrentHashMap<>();
    private final Spare<PushMemory> memories = new Spare<>(SPARE_MAX, PushMemory::isKept);
    private final Spare<SampleBatch> batches =
            new Spare<>(SPARE_MAX, batch -> batch.capacity() <= SPARE_ROWS_MAX);
    private final AtomicLong keyBytesLeft = new AtomicLong(KEY_BYTES_MAX);

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
            Version version = version(req);
            Taken taken = take(req, Caller.of(req).tenant(), version);
            res.header(HeaderNames.create(SAMPLES_WRITTEN), Integer.toString(taken.samples()));
            res.header(
                    HeaderNames.create(HISTOGRAMS_WRITTEN), Integer.toString(taken.histograms()));
            res.header(HeaderNames.create(EXEMPLARS_WRITTEN), Integer.toString(taken.exemplars()));
            if (taken.refused().isEmpty()) {
                res.status(NO_CONTENT).send();
            } else {
                res.status(BAD_REQUEST);
                res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
                res.send(taken.refused());
            }
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

    /// What became of a request.
    ///
    /// @param refused what was left out and why, empty if all is stored; sending it again is no use
    private record Taken(int samples, int histograms, int exemplars, String refused) {

        static Taken of(RequestReader.Written written, AppendResult stored, int seriesRefused) {
            int lost = stored.lost();
            int samplesLost = Math.min(lost, written.samples());
            List<String> reasons = new ArrayList<>();
            if (stored.conflicts() > 0) {
                reasons.add(stored.conflicts() + " samples differ from one at the same timestamp");
            }
            if (stored.tooFarOff() > 0) {
                reasons.add(stored.tooFarOff() + " samples lie too far in the past or future");
            }
            if (stored.refused() > 0) {
                reasons.add(stored.refused() + " samples belong to series beyond a limit");
            }
            if (seriesRefused > 0) {
                reasons.add(seriesRefused + " series are beyond the tenant's limit of series");
            }
            return new Taken(
                    written.samples() - samplesLost,
                    written.histograms() - (lost - samplesLost),
                    written.exemplars(),
                    reasons.isEmpty()
                            ? ""
                            : "Left out: " + String.join("; ", reasons) + ". The rest is stored.");
        }
    }

    /// The versions of the protocol, by the message their content type names.
    private enum Version {
        FIRST,
        SECOND
    }

    private static Version version(ServerRequest req) {
        String type =
                req.headers()
                        .first(HeaderNames.CONTENT_TYPE)
                        .orElse("")
                        .toLowerCase(Locale.ROOT)
                        .replace(" ", "");
        return switch (type) {
            case "application/x-protobuf", "application/x-protobuf;proto=prometheus.writerequest" ->
                    Version.FIRST;
            case "application/x-protobuf;proto=io.prometheus.write.v2.request" -> Version.SECOND;
            default ->
                    throw new FaultException(
                            Fault.caller(
                                    "content_type_unsupported",
                                    "The write has a Content-Type that is not understood here.",
                                    "Send application/x-protobuf (remote write 1.0), or that with"
                                            + " ;proto=io.prometheus.write.v2.Request (2.0)."));
        };
    }

    private Taken take(ServerRequest req, Tenant tenant, Version version) {
        StoreSink sink = new StoreSink(store, tenant);
        SampleBatch spent = batches.take();
        SampleBatch batch =
                spent == null ? new SampleBatch(tenant, ROWS_MIN) : new SampleBatch(tenant, spent);
        RequestReader.Written written = read(req, new Holder(tenant, version), batch, sink);
        AppendResult stored = store.append(batch);
        batches.give(batch);
        sink.finish();
        return Taken.of(written, stored, sink.seriesRefused());
    }

    /// Reads the body into `batch`. Nobody needs its bytes while the store writes.
    private RequestReader.Written read(
            ServerRequest req, Holder holder, SampleBatch batch, StoreSink sink) {
        PushMemory used = memories.take();
        PushMemory memory = used == null ? new PushMemory() : used;
        try {
            int length = PushBodies.snappy(req, bodyBytesMax, memory);
            return reader(holder).read(memory.body(), length, batch, sink);
        } catch (WriteRequestException e) {
            throw new FaultException(
                    Fault.caller(
                            "write_invalid",
                            "The body is no write request: " + e.getMessage() + ".",
                            "Send the message that the Content-Type names, within the limits."),
                    e);
        } finally {
            memories.give(memory);
        }
    }

    /// Whose series are remembered together.
    private record Holder(Tenant tenant, Version version) {}

    private RequestReader reader(Holder holder) {
        SeriesByBytes series = known.get(holder);
        if (series == null) {
            series =
                    known.size() < HOLDERS_KEPT_MAX
                            ? kept(holder)
                            : new SeriesByBytes(SERIES_REMEMBERED_MAX);
        }
        return switch (holder.version()) {
            case FIRST -> new WriteRequestReader(limits, series);
            case SECOND -> new SymbolRequestReader(limits, series);
        };
    }

    private SeriesByBytes kept(Holder holder) {
        // What the second version is found by is put together anew for each row.
        boolean asSent = holder.version() == Version.FIRST;
        AtomicLong left = asSent ? keyBytesLeft : new AtomicLong();
        return known.computeIfAbsent(holder, _ -> new SeriesByBytes(SERIES_REMEMBERED_MAX, left));
    }
}

package io.framewatch.server.http.prometheus;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.receive.PushBodies;
import io.framewatch.store.SeriesSamples;
import io.framewatch.wire.remoteread.ReadRequest;
import io.framewatch.wire.remoteread.ReadResponseWriter;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/// `POST /api/v1/read`: Prometheus remote read, answered with samples; chunks are not offered, and
/// a client that takes only these is told so. Thread safe.
public final class RemoteReadEndpoint implements Endpoints {

    private static final int REQUEST_BYTES_MAX = 1 << 20;

    /// Most samples of one answer: it is held in memory.
    private static final long SAMPLES_MAX = 5_000_000;

    private final GuardedReads reads;

    /// Answers from `reads`.
    public RemoteReadEndpoint(GuardedReads reads) {
        this.reads = reads;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/api/v1/read", this::read);
    }

    private void read(ServerRequest req, ServerResponse res) {
        try {
            ReadRequest request = ReadRequest.parse(PushBodies.snappy(req, REQUEST_BYTES_MAX));
            if (!request.samplesAccepted()) {
                throw new FaultException(
                        Fault.caller(
                                "read_type_unsupported",
                                "Remote read is answered with samples only, not with chunks.",
                                "Accept the response type SAMPLES too."));
            }
            byte[] body = answer(Caller.of(req).tenant(), request);
            res.header(HeaderNames.CONTENT_TYPE, "application/x-protobuf");
            res.header(HeaderNames.CONTENT_ENCODING, "snappy");
            res.send(Snappy.compress(body));
        } catch (FaultException e) {
            res.status(e.fault().code().equals("query_limit") ? 422 : HttpStatuses.of(e.fault()));
            res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            res.send(e.fault().message());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] answer(Tenant tenant, ReadRequest request) {
        ReadResponseWriter response = new ReadResponseWriter();
        try (GuardedReads.Reading reading = reads.begin(tenant, SAMPLES_MAX)) {
            for (ReadRequest.Query query : request.queries()) {
                for (SeriesSamples series : reading.select(query.matchers(), query.range())) {
                    response.series(series.labels(), sink -> write(series, sink));
                }
                response.endResult();
            }
            return response.toBytes();
        }
    }

    private static void write(SeriesSamples series, ReadResponseWriter.Sink sink)
            throws IOException {
        for (int i = 0; i < series.size(); i++) {
            sink.point(series.timestampsMs()[i], series.values()[i], series.histogram(i));
        }
    }
}

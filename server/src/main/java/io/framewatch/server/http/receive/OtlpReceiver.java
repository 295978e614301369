package io.framewatch.server.http.receive;

import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.JsonOut;
import io.framewatch.wire.otlp.OtlpJson;
import io.framewatch.wire.otlp.OtlpLogs;
import io.framewatch.wire.otlp.OtlpTraces;
import io.framewatch.wire.otlp.metrics.OtlpMetrics;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Locale;

/// OTLP over HTTP: `/v1/metrics`, `/v1/logs` and `/v1/traces`, protobuf and JSON; the same below
/// `/otlp`, where Loki has its logs, and `/api/v1/otlp`, where Prometheus has its metrics. What
/// cannot be taken out of an otherwise good request is told as a partial success. Thread safe.
public final class OtlpReceiver implements Endpoints {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private final OtlpSink sink;
    private final long bodyBytesMax;

    /// @param bodyBytesMax largest body, packed or unpacked, bytes
    public OtlpReceiver(OtlpSink sink, long bodyBytesMax) {
        this.sink = sink;
        this.bodyBytesMax = bodyBytesMax;
    }

    /// Takes one body and makes the answer.
    @FunctionalInterface
    private interface Export {
        Message export(Tenant tenant, byte[] body, boolean json);
    }

    @Override
    public void addTo(HttpRules rules) {
        for (String root : new String[] {"/v1/", "/otlp/v1/", "/api/v1/otlp/v1/"}) {
            rules.post(root + "metrics", (req, res) -> answer(req, res, this::metrics));
            rules.post(root + "traces", (req, res) -> answer(req, res, this::traces));
            rules.post(root + "logs", (req, res) -> answer(req, res, this::logs));
        }
    }

    private Message metrics(Tenant tenant, byte[] body, boolean json) {
        return sink.metrics(
                tenant,
                json
                        ? OtlpJson.read(body, ExportMetricsServiceRequest.newBuilder()).build()
                        : OtlpMetrics.parse(body));
    }

    private Message traces(Tenant tenant, byte[] body, boolean json) {
        return sink.traces(
                tenant,
                json
                        ? OtlpJson.read(body, ExportTraceServiceRequest.newBuilder()).build()
                        : OtlpTraces.parse(body));
    }

    private Message logs(Tenant tenant, byte[] body, boolean json) {
        return sink.logs(
                tenant,
                json
                        ? OtlpJson.read(body, ExportLogsServiceRequest.newBuilder()).build()
                        : OtlpLogs.parse(body));
    }

    private void answer(ServerRequest req, ServerResponse res, Export export) {
        String type =
                req.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        boolean json = type.startsWith(JSON);
        res.header(HeaderNames.CONTENT_TYPE, json ? JSON : PROTOBUF);
        try {
            if (!json && !type.startsWith(PROTOBUF)) {
                throw new FaultException(
                        Fault.caller(
                                "content_type_unsupported",
                                "The export has a Content-Type that is not understood here.",
                                "Send application/x-protobuf or application/json."));
            }
            Message done =
                    export.export(
                            Caller.of(req).tenant(), PushBodies.read(req, bodyBytesMax), json);
            res.send(json ? OtlpJson.write(done) : done.toByteArray());
        } catch (FaultException e) {
            res.status(HttpStatuses.of(e.fault()));
            if (e.fault().turn() == Fault.Turn.LATER) {
                res.header(HeaderNames.RETRY_AFTER, "1");
            }
            res.send(json ? statusJson(e.fault()) : statusProtobuf(e.fault()));
        }
    }

    /// `google.rpc.Status` as JSON.
    private static byte[] statusJson(Fault fault) {
        return new JsonOut().raw("{\"message\":").text(fault.message()).raw('}').toBytes();
    }

    /// `google.rpc.Status` as protobuf: the message is field 2.
    private static byte[] statusProtobuf(Fault fault) {
        return Status.newBuilder().setMessage(fault.message()).build().toByteArray();
    }
}

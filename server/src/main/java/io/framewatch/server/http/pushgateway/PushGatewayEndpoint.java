package io.framewatch.server.http.pushgateway;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.Labels;
import io.framewatch.model.MetricMetadata;
import io.framewatch.model.NativeHistogram;
import io.framewatch.model.Tenant;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.server.http.receive.PushBodies;
import io.framewatch.wire.exposition.Exposition;
import io.framewatch.wire.exposition.ExpositionException;
import io.framewatch.wire.exposition.ExpositionFormat;
import io.framewatch.wire.exposition.ExpositionVisitor;
import io.framewatch.wire.exposition.ProtoWriter;
import io.framewatch.wire.exposition.SampleView;
import io.framewatch.wire.push.WriteLimits;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `PUT`, `POST` and `DELETE` of `/metrics/job/JOB{/LABEL/VALUE}`: `PUT` replaces the group, `POST`
/// the metrics of the same names, `DELETE` forgets it. Bodies are text or protobuf as a scrape
/// would get them, plain or compressed, without timestamps. Thread safe.
public final class PushGatewayEndpoint implements Endpoints {

    private static final String ROOT = "/metrics/";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final PushGateway gateway;
    private final WriteLimits limits;
    private final long bodyBytesMax;

    /// @param bodyBytesMax largest body, packed or unpacked, bytes
    public PushGatewayEndpoint(PushGateway gateway, WriteLimits limits, long bodyBytesMax) {
        this.gateway = gateway;
        this.limits = limits;
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.put(ROOT + "*", (req, res) -> answer(res, OK, () -> push(req, true)));
        rules.post(ROOT + "*", (req, res) -> answer(res, OK, () -> push(req, false)));
        rules.delete(ROOT + "*", (req, res) -> answer(res, ACCEPTED, () -> delete(req)));
    }

    private static void answer(ServerResponse res, int status, Runnable work) {
        try {
            work.run();
            res.status(status).send();
        } catch (FaultException e) {
            res.status(HttpStatuses.of(e.fault()));
            res.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            res.send(e.fault().message());
        }
    }

    private static Labels group(ServerRequest req) {
        String path = req.path().rawPath();
        return PushPath.labels(path.substring(path.indexOf(ROOT) + ROOT.length()));
    }

    private void delete(ServerRequest req) {
        gateway.delete(Caller.of(req).tenant(), group(req));
    }

    private void push(ServerRequest req, boolean wholeGroup) {
        Tenant tenant = Caller.of(req).tenant();
        Labels group = group(req);
        ExpositionFormat format = format(req);
        byte[] body = PushBodies.read(req, bodyBytesMax);
        Reader reader = new Reader(group);
        try {
            Exposition.parse(format, body, body.length, reader);
        } catch (ExpositionException e) {
            gateway.failed(tenant, group);
            throw invalid(String.valueOf(e.getMessage()));
        } catch (FaultException e) {
            gateway.failed(tenant, group);
            throw e;
        }
        gateway.push(
                tenant, group, new PushGateway.Pushed(reader.samples, reader.metadata), wholeGroup);
    }

    /// Text for whatever type is not known, as the Pushgateway does: `curl` sends that of a form.
    private static ExpositionFormat format(ServerRequest req) {
        String type = req.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        ExpositionFormat format = ExpositionFormat.ofContentType(type);
        return format == null ? ExpositionFormat.PROMETHEUS_TEXT : format;
    }

    private static FaultException invalid(String what) {
        return new FaultException(
                Fault.caller(
                        "push_body",
                        "The pushed metrics cannot be taken: " + what + ".",
                        "Push what a scrape would get, without timestamps."));
    }

    /// Collects the samples of a push under the group's labels.
    private final class Reader implements ExpositionVisitor {

        private final Labels group;
        private final Map<Labels, PushValue> samples = new HashMap<>();
        private final List<MetricMetadata> metadata = new ArrayList<>();

        Reader(Labels group) {
            this.group = group;
        }

        @Override
        public void sample(SampleView sample) {
            if (sample.hasTimestamp()) {
                throw invalid("a sample has a timestamp");
            }
            NativeHistogram histogram = sample.histogram();
            if (histogram != null && !ProtoWriter.canWrite(histogram)) {
                throw invalid("a native histogram has bounds of its own");
            }
            if (samples.size() >= limits.samplesMax()) {
                throw invalid("there are more than " + limits.samplesMax() + " samples");
            }
            Labels.Builder labels = sample.labels().toBuilder();
            group.forEach(labels::set);
            Labels built = labels.build();
            if (built.size() > limits.labelsMax()) {
                throw invalid("a series has more than " + limits.labelsMax() + " labels");
            }
            PushValue value =
                    histogram == null ? PushValue.of(sample.value()) : PushValue.of(histogram);
            if (samples.put(built, value) != null) {
                throw invalid("the series " + built + " is there twice");
            }
        }

        @Override
        public void metadata(MetricMetadata family) {
            metadata.add(family);
        }
    }
}

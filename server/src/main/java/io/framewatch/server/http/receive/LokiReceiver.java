package io.framewatch.server.http.receive;

import io.framewatch.model.Fault;
import io.framewatch.model.FaultException;
import io.framewatch.model.LogEntry;
import io.framewatch.server.http.Caller;
import io.framewatch.server.http.Endpoints;
import io.framewatch.server.http.HttpStatuses;
import io.framewatch.store.LogAppender;
import io.framewatch.wire.loki.LokiPush;
import io.framewatch.wire.loki.PushLimits;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;

/// `POST /loki/api/v1/push`: JSON, or protobuf in snappy as Promtail, Alloy and Grafana Agent send
/// it. Answers 204 when the store has the lines, and plain text for what is refused. Thread safe.
public final class LokiReceiver implements Endpoints {

    private static final int NO_CONTENT = 204;

    private final LogAppender store;
    private final PushLimits limits;
    private final long bodyBytesMax;

    /// @param bodyBytesMax largest body, packed or unpacked, bytes
    public LokiReceiver(LogAppender store, PushLimits limits, long bodyBytesMax) {
        this.store = store;
        this.limits = limits;
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public void addTo(HttpRules rules) {
        rules.post("/loki/api/v1/push", this::push);
        rules.post("/api/prom/push", this::push);
    }

    private void push(ServerRequest req, ServerResponse res) {
        try {
            List<LogEntry> entries = entries(req);
            if (!entries.isEmpty()) {
                store.append(Caller.of(req).tenant(), entries);
            }
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

    private List<LogEntry> entries(ServerRequest req) {
        String type =
                req.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            return LokiPush.json(PushBodies.read(req, bodyBytesMax), limits);
        }
        if (type.startsWith("application/x-protobuf")) {
            return LokiPush.protobuf(PushBodies.snappy(req, bodyBytesMax), limits);
        }
        throw new FaultException(
                Fault.caller(
                        "content_type_unsupported",
                        "The push has a Content-Type that is not understood here.",
                        "Send application/json, or application/x-protobuf in snappy."));
    }
}

package io.framewatch.server.http.receive;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.xerial.snappy.Snappy;

/// Every way to send data over HTTP: how a body for it is made, and where what was sent is seen.
enum Way {
    REMOTE_WRITE("/api/v1/write", "application/x-protobuf", Signal.METRICS, true, false),
    REMOTE_WRITE_2(
            "/api/v1/write",
            "application/x-protobuf;proto=io.prometheus.write.v2.Request",
            Signal.METRICS,
            true,
            false),
    OTLP_METRICS("/v1/metrics", "application/x-protobuf", Signal.METRICS, false, false),
    OTLP_METRICS_JSON("/api/v1/otlp/v1/metrics", "application/json", Signal.METRICS, false, true),
    OTLP_LOGS("/v1/logs", "application/x-protobuf", Signal.LOGS, false, false),
    OTLP_LOGS_JSON("/otlp/v1/logs", "application/json", Signal.LOGS, false, true),
    OTLP_TRACES("/v1/traces", "application/x-protobuf", Signal.TRACES, false, false),
    OTLP_TRACES_JSON("/v1/traces", "application/json", Signal.TRACES, false, true),
    LOKI("/loki/api/v1/push", "application/x-protobuf", Signal.LOGS, true, false),
    LOKI_JSON("/loki/api/v1/push", "application/json", Signal.LOGS, false, true);

    /// What is sent.
    enum Signal {
        METRICS,
        LOGS,
        TRACES
    }

    final String path;
    final String type;
    final Signal signal;
    final boolean snappy;
    final boolean json;

    Way(String path, String type, Signal signal, boolean snappy, boolean json) {
        this.path = path;
        this.type = type;
        this.signal = signal;
        this.snappy = snappy;
        this.json = json;
    }

    private boolean loki() {
        return this == LOKI || this == LOKI_JSON;
    }

    /// A body that holds one sample, line or span named `name`, before compression.
    byte[] plain(String name, long timeNs) {
        return plain(name, timeNs, Map.of());
    }

    /// The same with labels or attributes.
    byte[] plain(String name, long timeNs, Map<String, String> labels) {
        if (loki()) {
            return loki(name, timeNs, labels);
        }
        return switch (this) {
            case REMOTE_WRITE -> remoteWrite(name, timeNs / 1_000_000, labels);
            case REMOTE_WRITE_2 -> remoteWrite2(name, timeNs / 1_000_000, labels);
            default -> otlp(request(signal, name, timeNs, labels));
        };
    }

    private byte[] otlp(Message request) {
        try {
            return json
                    ? text(
                            idsAsHex(
                                    JsonFormat.printer()
                                            .omittingInsignificantWhitespace()
                                            .print(request)))
                    : request.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ids as OTLP's JSON has them, instead of base 64.
    private static String idsAsHex(String json) {
        return Pattern.compile("(\"(?:traceId|spanId)\":)\"([^\"]*)\"")
                .matcher(json)
                .replaceAll(found ->
                        found.group(1)
                                + '"'
                                + HexFormat.of()
                                        .formatHex(Base64.getDecoder().decode(found.group(2)))
                                + '"');
    }

    /// The body as it travels.
    byte[] packed(byte[] plain) {
        try {
            return snappy ? Snappy.compress(plain) : plain;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An OTLP request of this signal.
    static Message request(Signal signal, String name, long timeNs, Map<String, String> labels) {
        Resource.Builder resource = Resource.newBuilder();
        resource.addAttributes(attribute("service.name", signal == Signal.METRICS ? "svc" : name));
        return switch (signal) {
            case METRICS -> {
                NumberDataPoint.Builder point = NumberDataPoint.newBuilder();
                point.setTimeUnixNano(timeNs).setAsInt(42);
                labels.forEach((key, value) -> point.addAttributes(attribute(key, value)));
                Metric.Builder metric = Metric.newBuilder().setName(name);
                metric.setGauge(Gauge.newBuilder().addDataPoints(point));
                var request = ExportMetricsServiceRequest.newBuilder();
                var of = request.addResourceMetricsBuilder().setResource(resource);
                of.addScopeMetricsBuilder().addMetrics(metric);
                yield request.build();
            }
            case LOGS -> {
                LogRecord.Builder record = LogRecord.newBuilder().setTimeUnixNano(timeNs);
                record.setBody(AnyValue.newBuilder().setStringValue("line of " + name));
                labels.forEach((key, value) -> record.addAttributes(attribute(key, value)));
                var request = ExportLogsServiceRequest.newBuilder();
                var of = request.addResourceLogsBuilder().setResource(resource);
                of.addScopeLogsBuilder().addLogRecords(record);
                yield request.build();
            }
            case TRACES -> {
                Span.Builder span = Span.newBuilder().setName(name);
                span.setTraceId(id(name, 16)).setSpanId(id(name, 8));
                span.setStartTimeUnixNano(timeNs).setEndTimeUnixNano(timeNs + 1);
                labels.forEach((key, value) -> span.addAttributes(attribute(key, value)));
                var request = ExportTraceServiceRequest.newBuilder();
                var of = request.addResourceSpansBuilder().setResource(resource);
                of.addScopeSpansBuilder().addSpans(span);
                yield request.build();
            }
        };
    }

    private static ByteString id(String name, int count) {
        byte[] bytes = Arrays.copyOf(text(Integer.toHexString(name.hashCode())), count);
        return ByteString.copyFrom(bytes);
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static byte[] remoteWrite(String name, long timeMs, Map<String, String> labels) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put("__name__", name);
        WireBytes series = new WireBytes();
        all.forEach((key, value) -> series.message(1, new WireBytes().text(1, key).text(2, value)));
        series.message(2, new WireBytes().real(1, 42).varint(2, timeMs));
        return new WireBytes().message(1, series).bytes();
    }

    private static byte[] remoteWrite2(String name, long timeMs, Map<String, String> labels) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put("__name__", name);
        WireBytes request = new WireBytes().text(4, "");
        WireBytes series = new WireBytes();
        int symbols = 1;
        for (Map.Entry<String, String> label : all.entrySet()) {
            request.text(4, label.getKey()).text(4, label.getValue());
            series.unsigned(1, symbols++).unsigned(1, symbols++);
        }
        request.text(4, "Help of " + name);
        series.message(2, new WireBytes().real(1, 42).varint(2, timeMs));
        series.message(5, new WireBytes().varint(1, 2).unsigned(3, symbols));
        return request.message(5, series).bytes();
    }

    private byte[] loki(String name, long timeNs, Map<String, String> labels) {
        TreeMap<String, String> all = new TreeMap<>(labels);
        all.put("service_name", name);
        StringBuilder text = new StringBuilder();
        String between = json ? ":" : "=";
        all.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ",")
                        .append(json ? '"' + key + '"' : key)
                        .append(between)
                        .append('"')
                        .append(value)
                        .append('"'));
        if (json) {
            return text(
                    "{\"streams\":[{\"stream\":{%s},\"values\":[[\"%d\",\"line of %s\"]]}]}"
                            .formatted(text, timeNs, name));
        }
        WireBytes time =
                new WireBytes()
                        .varint(1, Math.floorDiv(timeNs, 1_000_000_000L))
                        .varint(2, Math.floorMod(timeNs, 1_000_000_000L));
        WireBytes entry = new WireBytes().message(1, time).text(2, "line of " + name);
        WireBytes stream = new WireBytes().text(1, "{" + text + "}").message(2, entry);
        return new WireBytes().message(1, stream).bytes();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Asks for what [#plain] sends; the answer contains [#seen] if it is there.
    String question(String name, long timeNs) {
        long second = timeNs / 1_000_000_000L;
        return switch (signal) {
            case METRICS -> "/api/v1/query?query=" + name + "&time=" + (second + 1);
            case LOGS ->
                    "/loki/api/v1/query_range?query="
                            + URLEncoder.encode(
                                    "{service_name=\"" + name + "\"}", StandardCharsets.UTF_8)
                            + "&start="
                            + (second - 10)
                            + "&end="
                            + (second + 10);
            case TRACES -> "/jaeger/api/services/" + name + "/operations";
        };
    }

    /// What the answer to [#question] then contains.
    String seen(String name) {
        return switch (signal) {
            case METRICS -> "\"42\"";
            case LOGS -> "line of " + name;
            case TRACES -> "\"" + name + "\"";
        };
    }
}

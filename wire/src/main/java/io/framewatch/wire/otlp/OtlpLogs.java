package io.framewatch.wire.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import io.framewatch.model.AttributeValue;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the records of an export request as log lines. A few resource attributes become the labels
/// of the stream, all others fields of the line; dots become `_`, as Loki's OTLP endpoint does it.
/// Thread safe.
public final class OtlpLogs {

    /// Resource attributes that have few values each and become stream labels.
    private static final Set<String> STREAM_LABELS =
            Set.of(
                    "service.name",
                    "service.namespace",
                    "service.instance.id",
                    "deployment.environment",
                    "deployment.environment.name",
                    "cloud.region",
                    "k8s.cluster.name",
                    "k8s.namespace.name",
                    "k8s.container.name",
                    "k8s.pod.name",
                    "host.name",
                    "site",
                    "camera_id",
                    "stream_id",
                    "pipeline",
                    "stage");

    private OtlpLogs() {}

    /// The request of a protobuf body; throws `otlp_invalid`.
    public static ExportLogsServiceRequest parse(byte[] protobuf) {
        try {
            return ExportLogsServiceRequest.parseFrom(protobuf);
        } catch (InvalidProtocolBufferException e) {
            throw OtlpJson.invalid("The body is not a protobuf log export request.");
        }
    }

    /// What a request held.
    ///
    /// @param entries the lines taken
    /// @param refused how many were not
    /// @param reason why, of the last one refused; empty if none was
    public record Result(List<LogEntry> entries, int refused, String reason) {}

    /// The lines of a request; a record without a time gets `nowNs`.
    public static Result entries(ExportLogsServiceRequest request, long nowNs, OtlpLimits limits) {
        List<LogEntry> entries = new ArrayList<>();
        int refused = 0;
        String reason = "";
        for (ResourceLogs of : request.getResourceLogsList()) {
            String wrongResource = limits.wrong(of.getResource().getAttributesList());
            Labels.Builder stream = new Labels.Builder();
            Labels.Builder fields = new Labels.Builder();
            if (wrongResource.isEmpty()) {
                resource(of, stream, fields);
            }
            Labels labels = stream.build();
            Labels common = fields.build();
            for (ScopeLogs scope : of.getScopeLogsList()) {
                for (LogRecord record : scope.getLogRecordsList()) {
                    String wrong = wrongResource.isEmpty() ? wrong(record, limits) : wrongResource;
                    if (wrong.isEmpty()) {
                        String name = scope.getScope().getName();
                        entries.add(entry(record, labels, common, name, nowNs));
                    } else {
                        refused++;
                        reason = "a log record has " + wrong;
                    }
                }
            }
        }
        return new Result(entries, refused, reason);
    }

    private static void resource(ResourceLogs of, Labels.Builder stream, Labels.Builder fields) {
        OtlpAttributes.map(of.getResource().getAttributesList())
                .forEach((name, value) ->
                        (STREAM_LABELS.contains(name) ? stream : fields)
                                .set(label(name), value.text()));
        if (stream.get("service_name").isEmpty()) {
            stream.set("service_name", "unknown_service");
        }
    }

    private static String wrong(LogRecord record, OtlpLimits limits) {
        if (record.getTimeUnixNano() < 0 || record.getObservedTimeUnixNano() < 0) {
            return "a time after the year 2262";
        }
        String wrong = limits.wrong(record.getAttributesList());
        return wrong.isEmpty() ? limits.wrongBody(record.getBody()) : wrong;
    }

    private static LogEntry entry(
            LogRecord record, Labels stream, Labels common, String scope, long nowNs) {
        Labels.Builder fields = common.toBuilder();
        for (Map.Entry<String, AttributeValue> field :
                OtlpAttributes.map(record.getAttributesList()).entrySet()) {
            fields.set(label(field.getKey()), field.getValue().text());
        }
        fields.set("severity_text", record.getSeverityText());
        if (record.getSeverityNumberValue() != 0) {
            fields.set("severity_number", Integer.toString(record.getSeverityNumberValue()));
        }
        if (!record.getTraceId().isEmpty()) {
            fields.set("trace_id", OtlpTraces.hex(record.getTraceId()));
        }
        if (!record.getSpanId().isEmpty()) {
            fields.set("span_id", OtlpTraces.hex(record.getSpanId()));
        }
        fields.set("scope_name", scope);
        long timestampNs = record.getTimeUnixNano();
        if (timestampNs == 0) {
            timestampNs = record.getObservedTimeUnixNano();
        }
        return new LogEntry(
                timestampNs == 0 ? nowNs : timestampNs,
                stream,
                OtlpAttributes.value(record.getBody()).text(),
                fields.build());
    }

    private static String label(String attribute) {
        StringBuilder label = new StringBuilder(attribute.length());
        for (int i = 0; i < attribute.length(); i++) {
            char c = attribute.charAt(i);
            boolean fits =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c == '_'
                            || c >= '0' && c <= '9' && i > 0;
            label.append(fits ? c : '_');
        }
        return label.toString();
    }
}

package io.framewatch.wire.otlp.send;

import com.google.protobuf.ByteString;
import io.framewatch.model.Labels;
import io.framewatch.model.LogEntry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Log lines as an export request: each stream a resource whose attributes are its labels, each
/// line a record whose attributes are its own fields. `service_name` becomes `service.name`,
/// `trace_id` and `span_id` become the record's ids. Stateless, thread safe.
public final class LineExport {

    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private LineExport() {}

    /// The lines in their order, by stream.
    public static ExportLogsServiceRequest of(List<LogEntry> entries) {
        Map<Labels, ScopeLogs.Builder> streams = new LinkedHashMap<>();
        for (LogEntry entry : entries) {
            streams.computeIfAbsent(entry.stream(), _ -> ScopeLogs.newBuilder())
                    .addLogRecords(record(entry));
        }
        ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
        streams.forEach((labels, scope) -> {
            ResourceLogs.Builder resource = ResourceLogs.newBuilder();
            labels.forEach((name, value) -> {
                String attribute = name.equals("service_name") ? "service.name" : name;
                resource.getResourceBuilder().addAttributes(Attributes.text(attribute, value));
            });
            request.addResourceLogs(resource.addScopeLogs(scope));
        });
        return request.build();
    }

    private static LogRecord record(LogEntry entry) {
        LogRecord.Builder record =
                LogRecord.newBuilder()
                        .setTimeUnixNano(entry.timestampNs())
                        .setObservedTimeUnixNano(entry.timestampNs())
                        .setBody(AnyValue.newBuilder().setStringValue(entry.line()));
        entry.metadata()
                .forEach((name, value) -> {
                    if (!told(record, name, value)) {
                        record.addAttributes(Attributes.text(name, value));
                    }
                });
        return record.build();
    }

    /// Whether a field has a place of its own in the record.
    private static boolean told(LogRecord.Builder record, String name, String value) {
        ByteString id = ByteString.EMPTY;
        switch (name) {
            case "severity_text" -> record.setSeverityText(value);
            case "trace_id" -> {
                id = Attributes.bytes(value);
                if (id.size() != TRACE_ID_BYTES) {
                    return false;
                }
                record.setTraceId(id);
            }
            case "span_id" -> {
                id = Attributes.bytes(value);
                if (id.size() != SPAN_ID_BYTES) {
                    return false;
                }
                record.setSpanId(id);
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
